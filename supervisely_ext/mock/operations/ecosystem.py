"""The catalogue of all apps."""

from collections.abc import Mapping
from typing import Any

from ..archives import archive
from ..platform import Platform
from ..refusals import Refusal, not_found
from ..state import Module
from .registry import Request, answers, overlaps, page_of


@answers("ecosystem.list")
def _ecosystem_list(platform: Platform, request: Request) -> Any:
    modules = [module for module in platform.modules.values() if _is_wanted(module, request)]
    return page_of("ecosystem.list", [module.shown for module in modules], request)


def _is_wanted(module: Module, request: Request) -> bool:
    config = module.config
    menu = module.menu
    text = f"{module.slug} {config.get('name', '')} {config.get('description', '')}".lower()
    return (
        request.get("search", "").lower() in text
        and _has_categories(config, request)
        and overlaps(menu.get("target"), request.get("context"))
        and overlaps([menu.get("contextRoot")], request.get("contextRoot"))
        and overlaps(config.get("integratedInto"), request.get("integratedInto"))
    )


def _has_categories(config: Mapping[str, Any], request: Request) -> bool:
    own = {category.lower() for category in config.get("categories", ())}
    wanted = {category.lower() for category in request.get("categories", ())}
    wanted |= {request["category"].lower()} if "category" in request else set()
    if request.get("categoriesOperation") == "and":
        return wanted <= own
    return not wanted or bool(wanted & own)


@answers("ecosystem.info")
def _ecosystem_info(platform: Platform, request: Request) -> Any:
    module = platform.find_module(
        lambda module: (
            module.id == request.get("id", module.id)
            and module.slug == request.get("slug", module.slug)
            and "appKey" not in request
        )
    )
    if module.release(request.get("version", "")) is None and "version" in request:
        raise not_found("Version")
    return module.shown


@answers("ecosystem.file.download")
def _ecosystem_file_download(platform: Platform, request: Request) -> Any:
    module = platform.find_module(lambda module: module.id == request["moduleId"])
    if "appId" in request:
        platform.find_app(request["appId"])
    version = request.get("version")
    if version is not None and module.release(version) is None:
        raise not_found("Version")
    if request.get("isArchive"):
        return archive(module.files)
    # assumed: a key is found where a path is
    path = request.get("filePath", request.get("fileKey"))
    if path not in module.files:
        raise not_found("File")
    return module.files[path]


@answers("instance.get-render-previews-session-token")
def _instance_get_render_previews_session_token(platform: Platform, request: Request) -> Any:
    module = platform.find_module(lambda module: module.slug == request["slug"])
    # assumed: the bare text, without the quotes of JSON
    return f"mock-previews-token-{module.id}"


@answers("ecosystem.item.update")
def _ecosystem_item_update(platform: Platform, request: Request) -> Any:
    # of what is set here nothing is ever shown, and a secret is not to be kept
    platform.find("Module", platform.modules, request["moduleId"])
    return {}


@answers("ecosystem.change-owner")
def _ecosystem_change_owner(platform: Platform, request: Request) -> Any:
    platform.find("Module", platform.modules, request["id"])
    if request.get("ownerLogin") not in {None, *(user.login for user in platform.users.values())}:
        raise not_found("User")
    return {"success": True}


@answers("ecosystem.check-for-updates")
def _ecosystem_check_for_updates(platform: Platform, request: Request) -> Any:
    # no app of this instance has a key
    return []


def _publish(platform: Platform, request: Request) -> Any:
    # assumed: not everybody may publish, and here nobody; apps come with the seed and by `Platform.add_app`
    raise Refusal(403, "Forbidden", {"message": "the ecosystem of this instance cannot be added to"})


answers("ecosystem.add")(_publish)
answers("ecosystem.release")(_publish)
