"""The modules that a client has looked at, for checks that must cost no request. Pure."""

from .modules import ModuleInfo
from .shapes import is_object

_MOST = 64


class KnownModules:
    """The last modules that were fetched, by id and version.

    The dict is replaced and never changed, so that threads need no lock: what two add at once, one may lose, and it is only not checked.
    """

    def __init__(self) -> None:
        self._modules: dict[tuple[int, str], ModuleInfo] = {}

    def remember(self, module: ModuleInfo, version: str | None) -> None:
        """Keep a module as it is in a version; None is its latest."""
        release = module.get_latest_release(None)
        known = version or (release.get("version") if is_object(release) else None)
        if isinstance(known, str):
            newest = {**self._modules, (module.id, known): module}
            self._modules = dict(list(newest.items())[-_MOST:])

    def find(self, module_id: object, version: object) -> ModuleInfo | None:
        """Give the module in that very version, if it was fetched."""
        if isinstance(module_id, int) and isinstance(version, str):
            return self._modules.get((module_id, version))
        return None
