from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

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


T = TypeVar("T", bound="ProjectsVersionsListRequest")


@_attrs_define
class ProjectsVersionsListRequest:
    project_id: int
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
    sort: str | Unset = UNSET
    """ The SDK sends id. """

    def to_dict(self) -> dict[str, Any]:
        project_id = self.project_id

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

        sort = self.sort

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "projectId": project_id,
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
        if sort is not UNSET:
            field_dict["sort"] = sort

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.filter_ import Filter  # noqa: PLC0415

        d = dict(src_dict)
        project_id = d.pop("projectId")

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

        sort = d.pop("sort", UNSET)

        projects_versions_list_request = cls(
            project_id=project_id,
            page=page,
            per_page=per_page,
            sort_order=sort_order,
            sort_nulls_order=sort_nulls_order,
            pagination_mode=pagination_mode,
            after=after,
            filter_=filter_,
            archived=archived,
            sort=sort,
        )

        return projects_versions_list_request
