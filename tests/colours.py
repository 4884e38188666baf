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
        value = getattr(self._inner, name)
        if type(value).__name__.startswith("Async"):
            return Driven(value, self._runner)
        return self._run(value) if inspect.iscoroutinefunction(value) else value

    def _run(self, method: Any) -> Any:
        def call(*args: Any, **kwargs: Any) -> Any:
            return self._runner.run(method(*args, **kwargs))

        return call
