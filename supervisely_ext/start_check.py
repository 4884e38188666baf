"""Before a start: whether the app can take its arguments."""

import logging
from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from supervisely_client.api.apps import apps_info
from supervisely_client.api.ecosystem import ecosystem_info
from supervisely_client.models.apps_info_request import AppsInfoRequest
from supervisely_client.models.ecosystem_info_request import EcosystemInfoRequest
from supervisely_client.types import UNSET

from .call import Caller
from .checks import as_id, as_mapping, as_text
from .entities import AppInfo
from .errors import ArgumentError
from .modules import ModuleInfo
from .shapes import is_object
from .starting import Start, check_one_app

log = logging.getLogger("supervisely_ext")

Validate: TypeAlias = Literal["auto"] | bool
"""auto: warn, from what is known already; True: look at the module and raise; False: do not look."""


async def check_start(caller: Caller, validate: Any, start: Start) -> None:
    """Hold the arguments of a start to what its app accepts. Raises `InvalidArguments` when `validate` is True."""
    if validate != "auto" and not isinstance(validate, bool):
        raise ArgumentError(argument="validate", problem=f"is {validate!r}", allowed=("auto", True, False))
    params = as_mapping("params", start.params)
    if validate is True:
        arguments = _arguments(params)
        (await _module_of(caller, start)).validate_arguments(arguments)
    elif validate:
        _warn(None if start.is_branch else caller.modules.find(start.module_id, start.app_version), params)


def _warn(module: ModuleInfo | None, params: Mapping[str, Any]) -> None:
    try:
        arguments = _arguments(params)
        if module is not None:
            module.validate_arguments(arguments)
    except ArgumentError as error:
        log.warning("%s\nThey are sent as they are; validate=True would not", error)


def _arguments(params: Mapping[str, Any]) -> Mapping[str, Any]:
    if not params:
        return {}
    if not is_object(params.get("state")):
        raise ArgumentError(
            argument="params",
            problem="have no object named state, which is where an app finds its arguments",
            hint='Give {"state": arguments}',
        )
    state: Mapping[str, Any] = params["state"]
    return state


async def _module_of(caller: Caller, start: Start) -> ModuleInfo:
    if start.is_branch:
        raise ArgumentError(
            argument="validate",
            problem="is True, and the ecosystem describes releases, not branches",
            hint="Check with ModuleInfo.from_config and validate_arguments",
        )
    check_one_app(start.app_id, start.module_id)
    module_id = start.module_id if start.app_id is None else await _module_id_of(caller, start.app_id)
    known = caller.modules.find(module_id, start.app_version)
    return known or await fetch_module(caller, module_id, None, start.app_version or None)


async def _module_id_of(caller: Caller, app_id: int) -> int:
    answer = await caller.call(apps_info.OPERATION, body=AppsInfoRequest(id=as_id("app_id", app_id)))
    return answer.read(lambda body: as_id("moduleId", AppInfo.from_json(body).module_id))


async def fetch_module(caller: Caller, module_id: int | None, slug: str | None, version: str | None) -> ModuleInfo:
    """Give a module by id or slug (`ecosystem.info`), and remember it; the latest version unless told."""
    request = EcosystemInfoRequest(
        id=UNSET if module_id is None else as_id("module_id", module_id),
        slug=UNSET if slug is None else slug,
        version=UNSET if version is None else as_text("version", version),
    )
    module = (await caller.call(ecosystem_info.OPERATION, body=request)).read(ModuleInfo.from_json)
    caller.modules.remember(module, version)
    return module
