"""The ecosystem that apps come from: finding modules and looking at them."""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any, Literal

from supervisely_client.api.ecosystem import ecosystem_info, ecosystem_list
from supervisely_client.models.ecosystem_info_request import EcosystemInfoRequest
from supervisely_client.models.ecosystem_list_request import EcosystemListRequest
from supervisely_client.models.ecosystem_list_request_categories_operation import (
    ECOSYSTEM_LIST_REQUEST_CATEGORIES_OPERATION_VALUES,
)
from supervisely_client.models.filter_ import Filter

from .checks import as_id, as_list, as_text, one_of
from .errors import (
    ArgumentError,
    NoRelease,
    NotFoundInEcosystem,
    SeveralInEcosystem,
    SuperviselyError,
)
from .modules import ModuleInfo
from .namespace import Namespace
from .pages import read_all
from .shapes import text_at
from .start_check import fetch_module


class Ecosystem(Namespace):
    """Finds modules."""

    async def get_ecosystem_module_id(self, slug: str) -> int:
        """Find the id of the module with this slug, such as `supervisely-ecosystem/export-to-dota` (`ecosystem.list`).

        Raises `NotFoundInEcosystem`, which names slugs that are near, or `SeveralInEcosystem` with their ids.
        """
        found = await self._find_modules(filter_=[Filter("slug", "=", as_text("slug", slug))])
        if len(found) == 1:
            return found[0].id
        if found:
            raise SeveralInEcosystem(slug=slug, module_ids=tuple(module.id for module in found))
        raise NotFoundInEcosystem(slug=slug, near=await self._near(slug))

    async def get_ecosystem_module_info(
        self, module_id: int | None = None, version: str | None = None, slug: str | None = None
    ) -> ModuleInfo:
        """Give a module of the ecosystem (`ecosystem.info`) by id or by slug; the latest version unless told. Raises `NotFound`."""
        if (module_id is None) == (slug is None):
            problem = "neither is given" if slug is None else "both are given"
            raise ArgumentError(argument="module_id, slug", problem=problem, hint="Give one of them")
        return await fetch_module(self._caller, module_id, None if slug is None else as_text("slug", slug), version)

    async def get_info(self, module_id: int, version: str | None = None) -> dict[str, Any]:
        """Give a module of the ecosystem as the server sends it (`ecosystem.info`)."""
        return dict((await self.get_ecosystem_module_info(module_id, version)).raw)

    async def get_list_ecosystem_modules(
        self,
        search: str | None = None,
        categories: Sequence[str] | None = None,
        categories_operation: Literal["or", "and"] = "or",
    ) -> list[dict[str, Any]]:
        """List the modules of the ecosystem (`ecosystem.list`); empty when none fits."""
        criteria: dict[str, Any] = {}
        if search is not None:
            criteria["search"] = as_text("search", search)
        if categories:
            criteria["categories"] = [as_text("categories", category) for category in as_list("categories", categories)]
            criteria["categories_operation"] = one_of(
                "categories_operation", categories_operation, ECOSYSTEM_LIST_REQUEST_CATEGORIES_OPERATION_VALUES
            )
        return [dict(module.raw) for module in await self._find_modules(**criteria)]

    async def find_module_id_by_app_name(self, app_name: str) -> int:
        """Find the id of the only module that the search for a name gives (`ecosystem.list`). Raises `NotFoundInEcosystem` or `SeveralInEcosystem`."""
        found = await self._find_modules(search=as_text("app_name", app_name))
        if not found:
            raise NotFoundInEcosystem(slug=app_name)
        if len(found) > 1:
            raise SeveralInEcosystem(slug=app_name, module_ids=tuple(module.id for module in found))
        return found[0].id

    async def _near(self, slug: str) -> tuple[str, ...]:
        """Give slugs like this one: at most three requests, made only to help, so that their failure is no failure."""
        for word in re.findall(r"\w+", slug.rpartition("/")[2])[:3]:
            try:
                candidates = await self._find_modules(search=word)
            except SuperviselyError:
                return ()
            near = get_close_matches(slug, [module.slug for module in candidates], n=3)
            if near:
                return tuple(near)
        return ()

    async def _find_modules(self, **criteria: Any) -> list[ModuleInfo]:
        request = EcosystemListRequest(**criteria, sort="id", sort_order="asc")
        return await read_all(self._caller, ecosystem_list.OPERATION, request, ModuleInfo.from_json)

    async def _latest_version(self, module_id: int | None) -> str:
        if module_id is None:
            raise ArgumentError(
                argument="app_version",
                problem="is not given",
                hint="With app_id it is needed; module_id finds the latest release",
            )
        request = EcosystemInfoRequest(id=as_id("module_id", module_id))
        answer = await self._caller.call(ecosystem_info.OPERATION, body=request)
        module = answer.read(ModuleInfo.from_json)
        self._caller.modules.remember(module, None)
        release = module.get_latest_release(None)
        if release is None:
            raise NoRelease(module_id=module_id)
        return answer.read(lambda _: text_at(release, "version"))
