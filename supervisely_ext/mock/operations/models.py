"""The neural networks of the ecosystem."""

from typing import Any

from ..platform import Platform
from .registry import Request, answers, page_of


@answers("ecosystem.models.list")
def _ecosystem_models_list(platform: Platform, request: Request) -> Any:
    return page_of("ecosystem.models.list", platform.models.values(), request)


@answers("ecosystem.models.add")
def _ecosystem_models_add(platform: Platform, request: Request) -> Any:
    _check_modules(platform, request)
    model_id = max(platform.models, default=0) + 1
    platform.models[model_id] = {**request, "id": model_id}
    return {}


@answers("ecosystem.models.update")
def _ecosystem_models_update(platform: Platform, request: Request) -> Any:
    model = platform.find("Model", platform.models, request["id"])
    _check_modules(platform, request)
    model.update(request)
    return {}


def _check_modules(platform: Platform, request: Request) -> None:
    for name in request.keys() & {"trainModuleId", "serveModuleId"}:
        platform.find("Module", platform.modules, request[name])
