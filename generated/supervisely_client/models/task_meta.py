from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.task_meta_app import TaskMetaApp


T = TypeVar("T", bound="TaskMeta")


@_attrs_define
class TaskMeta:
    """What only some kinds of task have."""

    app: TaskMetaApp | Unset = UNSET
    """ The app that runs; `id` is the app's in its team, not the module's. """
    name: str | Unset = UNSET
    """ The session's name; empty when it has none. """
    params: Any | Unset = UNSET
    """ What was sent as `params`. That it holds keys beside `state` that were sent is assumed, and so is that lists
    show it. """
    session_token: str | Unset = UNSET
    """ A secret; opens the session's own page. """
    has_logs: bool | Unset = UNSET
    logs_cnt: int | Unset = UNSET
    has_metrics: bool | Unset = UNSET
    restart_policy: str | Unset = UNSET
    redirect_requests: Any | Unset = UNSET
    agent_storage_folder: Any | Unset = UNSET
    input_: Any | Unset = UNSET
    """ Of a task with a model: which, and of which plugin. """
    output: Any | Unset = UNSET
    step: Any | Unset = UNSET
    """ Tasks that are no app's only, of which the reference shows one. """
    config: list[Any] | Unset = UNSET
    """ As `step`. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        app: dict[str, Any] | Unset = UNSET
        if not isinstance(self.app, Unset):
            app = self.app.to_dict()

        name = self.name

        params = self.params

        session_token = self.session_token

        has_logs = self.has_logs

        logs_cnt = self.logs_cnt

        has_metrics = self.has_metrics

        restart_policy = self.restart_policy

        redirect_requests = self.redirect_requests

        agent_storage_folder = self.agent_storage_folder

        input_ = self.input_

        output = self.output

        step = self.step

        config: list[Any] | Unset = UNSET
        if not isinstance(self.config, Unset):
            config = self.config

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if app is not UNSET:
            field_dict["app"] = app
        if name is not UNSET:
            field_dict["name"] = name
        if params is not UNSET:
            field_dict["params"] = params
        if session_token is not UNSET:
            field_dict["sessionToken"] = session_token
        if has_logs is not UNSET:
            field_dict["hasLogs"] = has_logs
        if logs_cnt is not UNSET:
            field_dict["logsCnt"] = logs_cnt
        if has_metrics is not UNSET:
            field_dict["hasMetrics"] = has_metrics
        if restart_policy is not UNSET:
            field_dict["restartPolicy"] = restart_policy
        if redirect_requests is not UNSET:
            field_dict["redirectRequests"] = redirect_requests
        if agent_storage_folder is not UNSET:
            field_dict["agentStorageFolder"] = agent_storage_folder
        if input_ is not UNSET:
            field_dict["input"] = input_
        if output is not UNSET:
            field_dict["output"] = output
        if step is not UNSET:
            field_dict["step"] = step
        if config is not UNSET:
            field_dict["config"] = config

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.task_meta_app import TaskMetaApp  # noqa: PLC0415

        d = dict(src_dict)
        _app = d.pop("app", UNSET)
        app: TaskMetaApp | Unset
        if isinstance(_app, Unset):
            app = UNSET
        else:
            app = TaskMetaApp.from_dict(_app)

        name = d.pop("name", UNSET)

        params = d.pop("params", UNSET)

        session_token = d.pop("sessionToken", UNSET)

        has_logs = d.pop("hasLogs", UNSET)

        logs_cnt = d.pop("logsCnt", UNSET)

        has_metrics = d.pop("hasMetrics", UNSET)

        restart_policy = d.pop("restartPolicy", UNSET)

        redirect_requests = d.pop("redirectRequests", UNSET)

        agent_storage_folder = d.pop("agentStorageFolder", UNSET)

        input_ = d.pop("input", UNSET)

        output = d.pop("output", UNSET)

        step = d.pop("step", UNSET)

        config = cast(list[Any], d.pop("config", UNSET))

        task_meta = cls(
            app=app,
            name=name,
            params=params,
            session_token=session_token,
            has_logs=has_logs,
            logs_cnt=logs_cnt,
            has_metrics=has_metrics,
            restart_policy=restart_policy,
            redirect_requests=redirect_requests,
            agent_storage_folder=agent_storage_folder,
            input_=input_,
            output=output,
            step=step,
            config=config,
        )

        task_meta.additional_properties = d
        return task_meta

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
