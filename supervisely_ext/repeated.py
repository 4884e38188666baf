"""A question that is asked again and again, and mostly gets the same answer."""

from typing import Any, Generic, ParamSpec, TypeVar

from attrs import define, field
from supervisely_client.operation import Operation

from .answers import Answer, decode
from .call import Caller

P = ParamSpec("P")
T = TypeVar("T")


@define
class Repeated(Generic[T]):
    """Decodes an answer only when it is another one than the last: of what a look at hundreds of tasks costs, that is most."""

    _content: bytes = field(default=b"", init=False, repr=False)
    _answer: Answer[T] | None = field(default=None, init=False, repr=False)

    async def ask(self, caller: Caller, operation: Operation[P, T], *args: P.args, **kwargs: P.kwargs) -> Answer[Any]:
        """Send the operation, and give its answer, which is not to be changed: it may be given again."""
        response = await caller.send(operation.name, operation.build(*args, **kwargs), retry=operation.retry)
        if self._answer is None or response.content != self._content:
            self._answer = decode(operation, response, caller.credentials.token)
            self._content = response.content
        return self._answer
