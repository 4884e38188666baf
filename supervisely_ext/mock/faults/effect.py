"""What an effect is: a small class with a hook before the platform acts and one after it."""

from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING, Any, ClassVar

from attrs import define, field, frozen

from ...contract.spec import OperationSpec
from ..exchange import Reply

if TYPE_CHECKING:
    from ..platform import Platform


@define
class Call:
    """A request that meets a fault."""

    platform: "Platform"
    operation: OperationSpec
    body: Any
    """What the handler will be given."""
    random: Random
    """The plan's own, so that the same seed strikes the same way."""
    altered: bool = False
    """The handler will find something else than without the fault."""
    _hidden: dict[str, Any] = field(factory=dict[str, Any], init=False)

    def ask(self, body: Any) -> None:
        """Let the handler be asked something else."""
        self.body, self.altered = body, True

    def hide(self, kept: str, is_hidden: Callable[[Any], bool]) -> None:
        """Hide entities that the platform keeps under this name, until `restore`."""
        entities = getattr(self.platform, kept)
        left = {key: entity for key, entity in entities.items() if not is_hidden(entity)}
        if len(left) < len(entities):
            self._hidden[kept] = entities
            self.altered = True
            setattr(self.platform, kept, left)

    def restore(self) -> None:
        """Show again what was hidden."""
        while self._hidden:
            setattr(self.platform, *self._hidden.popitem())


@frozen
class Effect:
    """Does nothing; subclasses override what they need.

    A hook that finds nothing to do gives None, or the reply that it was given. An effect that did nothing did not strike, and is not counted.
    """

    kind: ClassVar[str] = ""
    """Its name in JSON."""

    @property
    def breaks_spec(self) -> bool:
        """Tell whether what leaves may not follow the spec any more."""
        return False

    def suits(self, operation: OperationSpec) -> bool:
        """Tell whether it could ever strike this operation."""
        return True

    def before(self, call: Call) -> Reply | None:
        """Answer in the platform's place, which then does nothing."""
        return None

    def after(self, call: Call, reply: Reply) -> Reply:
        """Give what leaves instead of what the platform answered."""
        return reply


@frozen
class Breaking(Effect):
    """Breaks the spec whenever it strikes."""

    @property
    def breaks_spec(self) -> bool:
        """Tell that it does."""
        return True
