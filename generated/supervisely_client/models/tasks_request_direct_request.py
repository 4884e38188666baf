from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.cloud_target import CloudTarget
    from ..models.service_target import ServiceTarget


T = TypeVar("T", bound="TasksRequestDirectRequest")


@_attrs_define
class TasksRequestDirectRequest:
    """To a task, to an app of the platform or to a service; the reference requires none of the three."""

    task_id: int | Unset = UNSET
    sly_cloud: CloudTarget | Unset = UNSET
    service: ServiceTarget | Unset = UNSET
    command: str | Unset = UNSET
    """ What the app is to do, such as is_running. """
    context: Any | Unset = UNSET
    """ The SDK adds `outside_request`. """
    state: Any | Unset = UNSET
    skip_response: bool | Unset = UNSET
    """ Do not wait for the app. True when absent, says the reference; the SDK always sends false. """
    timeout: int | None | Unset = UNSET
    """ Seconds to wait for the app. The SDK sends null too. """

    def to_dict(self) -> dict[str, Any]:
        task_id = self.task_id

        sly_cloud: dict[str, Any] | Unset = UNSET
        if not isinstance(self.sly_cloud, Unset):
            sly_cloud = self.sly_cloud.to_dict()

        service: dict[str, Any] | Unset = UNSET
        if not isinstance(self.service, Unset):
            service = self.service.to_dict()

        command = self.command

        context = self.context

        state = self.state

        skip_response = self.skip_response

        timeout: int | None | Unset
        if isinstance(self.timeout, Unset):
            timeout = UNSET
        else:
            timeout = self.timeout

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if task_id is not UNSET:
            field_dict["taskId"] = task_id
        if sly_cloud is not UNSET:
            field_dict["slyCloud"] = sly_cloud
        if service is not UNSET:
            field_dict["service"] = service
        if command is not UNSET:
            field_dict["command"] = command
        if context is not UNSET:
            field_dict["context"] = context
        if state is not UNSET:
            field_dict["state"] = state
        if skip_response is not UNSET:
            field_dict["skipResponse"] = skip_response
        if timeout is not UNSET:
            field_dict["timeout"] = timeout

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.cloud_target import CloudTarget  # noqa: PLC0415
        from ..models.service_target import ServiceTarget  # noqa: PLC0415

        d = dict(src_dict)
        task_id = d.pop("taskId", UNSET)

        _sly_cloud = d.pop("slyCloud", UNSET)
        sly_cloud: CloudTarget | Unset
        if isinstance(_sly_cloud, Unset):
            sly_cloud = UNSET
        else:
            sly_cloud = CloudTarget.from_dict(_sly_cloud)

        _service = d.pop("service", UNSET)
        service: ServiceTarget | Unset
        if isinstance(_service, Unset):
            service = UNSET
        else:
            service = ServiceTarget.from_dict(_service)

        command = d.pop("command", UNSET)

        context = d.pop("context", UNSET)

        state = d.pop("state", UNSET)

        skip_response = d.pop("skipResponse", UNSET)

        def _parse_timeout(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        timeout = _parse_timeout(d.pop("timeout", UNSET))

        tasks_request_direct_request = cls(
            task_id=task_id,
            sly_cloud=sly_cloud,
            service=service,
            command=command,
            context=context,
            state=state,
            skip_response=skip_response,
            timeout=timeout,
        )

        return tasks_request_direct_request
