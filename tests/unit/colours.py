"""One test text for both colours: `AsyncApi` driven as if it were `Api`, over a transport that never suspends."""

from inspect import iscoroutinefunction
from typing import Any

from supervisely_ext import Api, AsyncApi
from supervisely_ext.completing import complete


class Driven:
    """Runs what the coroutines of an async object do at once."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def __getattr__(self, name: str) -> Any:
        if name == "instance_version":
            return complete(self._inner.get_instance_version())
        value = getattr(self._inner, name)
        if type(value).__name__.startswith("Async"):
            return Driven(value)
        if iscoroutinefunction(value):
            return lambda *args, **kwargs: complete(value(*args, **kwargs))
        return value

    def __repr__(self) -> str:
        return repr(self._inner)

    def __enter__(self) -> "Driven":
        return Driven(complete(self._inner.__aenter__()))

    def __exit__(self, *error: Any) -> None:
        complete(self._inner.__aexit__(*error))


class Colour:
    """Makes clients of one colour that look blocking."""

    def __init__(self, kind: type[Api | AsyncApi]) -> None:
        self.kind = kind

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._drive(self.kind(*args, **kwargs))

    def from_env(self, *args: Any, **kwargs: Any) -> Any:
        return self._drive(self.kind.from_env(*args, **kwargs))

    def from_official(self, *args: Any, **kwargs: Any) -> Any:
        return self._drive(self.kind.from_official(*args, **kwargs))

    def _drive(self, client: Any) -> Any:
        return Driven(client) if self.kind is AsyncApi else client
