from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.apps_list_request_session_tags_operation import (
    AppsListRequestSessionTagsOperation,
    check_apps_list_request_session_tags_operation,
)
from ..models.apps_list_request_sort import (
    AppsListRequestSort,
    check_apps_list_request_sort,
)
from ..models.context_target import ContextTarget, check_context_target
from ..models.integration import Integration, check_integration
from ..models.list_request_archived_type_0 import (
    ListRequestArchivedType0,
    check_list_request_archived_type_0,
)
from ..models.list_request_pagination_mode import (
    ListRequestPaginationMode,
    check_list_request_pagination_mode,
)
from ..models.list_request_sort_nulls_order import (
    ListRequestSortNullsOrder,
    check_list_request_sort_nulls_order,
)
from ..models.list_request_sort_order import (
    ListRequestSortOrder,
    check_list_request_sort_order,
)
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.filter_ import Filter
    from ..models.workspace_scope import WorkspaceScope


T = TypeVar("T", bound="AppsListRequest")


@_attrs_define
class AppsListRequest:
    team_id: int
    """ The web interface calls it groupId, which is not taken here. """
    page: int | Unset = UNSET
    """ Counted from 1; the first when absent. """
    per_page: int | Unset = UNSET
    """ Entities a page; 500 when absent. """
    sort_order: ListRequestSortOrder | Unset = UNSET
    """ Ascending when absent. """
    sort_nulls_order: ListRequestSortNullsOrder | Unset = UNSET
    pagination_mode: ListRequestPaginationMode | Unset = UNSET
    """ By page when absent. """
    after: str | Unset = UNSET
    """ Where a listing by token goes on. """
    filter_: list[Filter] | Unset = UNSET
    archived: bool | ListRequestArchivedType0 | Unset = UNSET
    """ Archived entities too; live ones only when absent. Since instance 6.17.22. """
    workspace: WorkspaceScope | Unset = UNSET
    context: list[ContextTarget] | Unset = UNSET
    repository_key: None | str | Unset = UNSET
    show_disabled: bool | Unset = UNSET
    only_running: bool | Unset = UNSET
    """ Only sessions that are queued, consumed, started or deployed. """
    only_user_sessions: bool | Unset = UNSET
    with_shared: bool | Unset = UNSET
    force_all_sessions: bool | Unset = UNSET
    integrated_into: list[Integration] | Unset = UNSET
    session_tags: list[str] | Unset = UNSET
    session_tags_operation: AppsListRequestSessionTagsOperation | Unset = UNSET
    sort: AppsListRequestSort | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        team_id = self.team_id

        page = self.page

        per_page = self.per_page

        sort_order: str | Unset = UNSET
        if not isinstance(self.sort_order, Unset):
            sort_order = self.sort_order

        sort_nulls_order: str | Unset = UNSET
        if not isinstance(self.sort_nulls_order, Unset):
            sort_nulls_order = self.sort_nulls_order

        pagination_mode: str | Unset = UNSET
        if not isinstance(self.pagination_mode, Unset):
            pagination_mode = self.pagination_mode

        after = self.after

        filter_: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.filter_, Unset):
            filter_ = []
            for filter_item_data in self.filter_:
                filter_item = filter_item_data.to_dict()
                filter_.append(filter_item)

        archived: bool | str | Unset
        if isinstance(self.archived, Unset):
            archived = UNSET
        elif isinstance(self.archived, str):
            archived = self.archived
        else:
            archived = self.archived

        workspace: dict[str, Any] | Unset = UNSET
        if not isinstance(self.workspace, Unset):
            workspace = self.workspace.to_dict()

        context: list[str] | Unset = UNSET
        if not isinstance(self.context, Unset):
            context = []
            for context_item_data in self.context:
                context_item: str = context_item_data
                context.append(context_item)

        repository_key: None | str | Unset
        if isinstance(self.repository_key, Unset):
            repository_key = UNSET
        else:
            repository_key = self.repository_key

        show_disabled = self.show_disabled

        only_running = self.only_running

        only_user_sessions = self.only_user_sessions

        with_shared = self.with_shared

        force_all_sessions = self.force_all_sessions

        integrated_into: list[str] | Unset = UNSET
        if not isinstance(self.integrated_into, Unset):
            integrated_into = []
            for integrated_into_item_data in self.integrated_into:
                integrated_into_item: str = integrated_into_item_data
                integrated_into.append(integrated_into_item)

        session_tags: list[str] | Unset = UNSET
        if not isinstance(self.session_tags, Unset):
            session_tags = self.session_tags

        session_tags_operation: str | Unset = UNSET
        if not isinstance(self.session_tags_operation, Unset):
            session_tags_operation = self.session_tags_operation

        sort: str | Unset = UNSET
        if not isinstance(self.sort, Unset):
            sort = self.sort

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "teamId": team_id,
            }
        )
        if page is not UNSET:
            field_dict["page"] = page
        if per_page is not UNSET:
            field_dict["per_page"] = per_page
        if sort_order is not UNSET:
            field_dict["sort_order"] = sort_order
        if sort_nulls_order is not UNSET:
            field_dict["sort_nulls_order"] = sort_nulls_order
        if pagination_mode is not UNSET:
            field_dict["pagination_mode"] = pagination_mode
        if after is not UNSET:
            field_dict["after"] = after
        if filter_ is not UNSET:
            field_dict["filter"] = filter_
        if archived is not UNSET:
            field_dict["archived"] = archived
        if workspace is not UNSET:
            field_dict["workspace"] = workspace
        if context is not UNSET:
            field_dict["context"] = context
        if repository_key is not UNSET:
            field_dict["repositoryKey"] = repository_key
        if show_disabled is not UNSET:
            field_dict["showDisabled"] = show_disabled
        if only_running is not UNSET:
            field_dict["onlyRunning"] = only_running
        if only_user_sessions is not UNSET:
            field_dict["onlyUserSessions"] = only_user_sessions
        if with_shared is not UNSET:
            field_dict["withShared"] = with_shared
        if force_all_sessions is not UNSET:
            field_dict["forceAllSessions"] = force_all_sessions
        if integrated_into is not UNSET:
            field_dict["integratedInto"] = integrated_into
        if session_tags is not UNSET:
            field_dict["sessionTags"] = session_tags
        if session_tags_operation is not UNSET:
            field_dict["sessionTagsOperation"] = session_tags_operation
        if sort is not UNSET:
            field_dict["sort"] = sort

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.filter_ import Filter  # noqa: PLC0415
        from ..models.workspace_scope import WorkspaceScope  # noqa: PLC0415

        d = dict(src_dict)
        team_id = d.pop("teamId")

        page = d.pop("page", UNSET)

        per_page = d.pop("per_page", UNSET)

        _sort_order = d.pop("sort_order", UNSET)
        sort_order: ListRequestSortOrder | Unset
        if isinstance(_sort_order, Unset):
            sort_order = UNSET
        else:
            sort_order = check_list_request_sort_order(_sort_order)

        _sort_nulls_order = d.pop("sort_nulls_order", UNSET)
        sort_nulls_order: ListRequestSortNullsOrder | Unset
        if isinstance(_sort_nulls_order, Unset):
            sort_nulls_order = UNSET
        else:
            sort_nulls_order = check_list_request_sort_nulls_order(_sort_nulls_order)

        _pagination_mode = d.pop("pagination_mode", UNSET)
        pagination_mode: ListRequestPaginationMode | Unset
        if isinstance(_pagination_mode, Unset):
            pagination_mode = UNSET
        else:
            pagination_mode = check_list_request_pagination_mode(_pagination_mode)

        after = d.pop("after", UNSET)

        _filter_ = d.pop("filter", UNSET)
        filter_: list[Filter] | Unset = UNSET
        if _filter_ is not UNSET:
            filter_ = []
            for filter_item_data in _filter_:
                filter_item = Filter.from_dict(filter_item_data)

                filter_.append(filter_item)

        def _parse_archived(data: object) -> bool | ListRequestArchivedType0 | Unset:
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                archived_type_0 = check_list_request_archived_type_0(data)

                return archived_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(bool | ListRequestArchivedType0 | Unset, data)

        archived = _parse_archived(d.pop("archived", UNSET))

        _workspace = d.pop("workspace", UNSET)
        workspace: WorkspaceScope | Unset
        if isinstance(_workspace, Unset):
            workspace = UNSET
        else:
            workspace = WorkspaceScope.from_dict(_workspace)

        _context = d.pop("context", UNSET)
        context: list[ContextTarget] | Unset = UNSET
        if _context is not UNSET:
            context = []
            for context_item_data in _context:
                context_item = check_context_target(context_item_data)

                context.append(context_item)

        def _parse_repository_key(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        repository_key = _parse_repository_key(d.pop("repositoryKey", UNSET))

        show_disabled = d.pop("showDisabled", UNSET)

        only_running = d.pop("onlyRunning", UNSET)

        only_user_sessions = d.pop("onlyUserSessions", UNSET)

        with_shared = d.pop("withShared", UNSET)

        force_all_sessions = d.pop("forceAllSessions", UNSET)

        _integrated_into = d.pop("integratedInto", UNSET)
        integrated_into: list[Integration] | Unset = UNSET
        if _integrated_into is not UNSET:
            integrated_into = []
            for integrated_into_item_data in _integrated_into:
                integrated_into_item = check_integration(integrated_into_item_data)

                integrated_into.append(integrated_into_item)

        session_tags = cast(list[str], d.pop("sessionTags", UNSET))

        _session_tags_operation = d.pop("sessionTagsOperation", UNSET)
        session_tags_operation: AppsListRequestSessionTagsOperation | Unset
        if isinstance(_session_tags_operation, Unset):
            session_tags_operation = UNSET
        else:
            session_tags_operation = check_apps_list_request_session_tags_operation(_session_tags_operation)

        _sort = d.pop("sort", UNSET)
        sort: AppsListRequestSort | Unset
        if isinstance(_sort, Unset):
            sort = UNSET
        else:
            sort = check_apps_list_request_sort(_sort)

        apps_list_request = cls(
            team_id=team_id,
            page=page,
            per_page=per_page,
            sort_order=sort_order,
            sort_nulls_order=sort_nulls_order,
            pagination_mode=pagination_mode,
            after=after,
            filter_=filter_,
            archived=archived,
            workspace=workspace,
            context=context,
            repository_key=repository_key,
            show_disabled=show_disabled,
            only_running=only_running,
            only_user_sessions=only_user_sessions,
            with_shared=with_shared,
            force_all_sessions=force_all_sessions,
            integrated_into=integrated_into,
            session_tags=session_tags,
            session_tags_operation=session_tags_operation,
            sort=sort,
        )

        return apps_list_request
