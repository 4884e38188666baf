"""One test text for both colours: an async client that is called like a blocking one."""

import asyncio
import inspect
from typing import Any


class Driven:
    """Wraps an async client or one of its namespaces; coroutines run to their end on the runner."""

    def __init__(self, inner: Any, runner: asyncio.Runner) -> None:
        self._inner = inner
        self._runner = runner

    def __getattr__(self, name: str) -> Any:
        return self._seen(getattr(self._inner, name))

    def __enter__(self) -> Any:
        return self._seen(self._runner.run(self._inner.__aenter__()))

    def __exit__(self, *error: Any) -> None:
        self._runner.run(self._inner.__aexit__(*error))

    def _seen(self, value: Any) -> Any:
        if type(value).__name__.startswith("Async"):
            return Driven(value, self._runner)
        if inspect.iscoroutinefunction(value):
            return self._run(value)
        return (lambda *args, **kwargs: self._seen(value(*args, **kwargs))) if inspect.ismethod(value) else value

    def _run(self, method: Any) -> Any:
        def call(*args: Any, **kwargs: Any) -> Any:
            return self._runner.run(method(*args, **kwargs))

        return call
