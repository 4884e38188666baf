"""An unofficial client for the apps and tasks of the Supervisely platform.

The names below are loaded when they are first used: importing the package costs next to nothing.
"""

TYPE_CHECKING = False  # as typing.TYPE_CHECKING, whose import alone would take ten times as long as this file

if TYPE_CHECKING:
    from . import env as env
    from .api import Api as Api
    from .api import AsyncApi as AsyncApi
    from .app_run import RunResult as RunResult
    from .entities import AppInfo as AppInfo
    from .entities import PluginTaskType as PluginTaskType
    from .entities import RestartPolicy as RestartPolicy
    from .entities import SessionInfo as SessionInfo
    from .entities import Status as Status
    from .entities import TaskInfo as TaskInfo
    from .env import is_development as is_development
    from .errors import ApiError as ApiError
    from .errors import ArgumentError as ArgumentError
    from .errors import ArgumentProblem as ArgumentProblem
    from .errors import BadRequest as BadRequest
    from .errors import Conflict as Conflict
    from .errors import ConnectionFailed as ConnectionFailed
    from .errors import EnvFileError as EnvFileError
    from .errors import Forbidden as Forbidden
    from .errors import InstanceTooOld as InstanceTooOld
    from .errors import InvalidArguments as InvalidArguments
    from .errors import LedgerFileError as LedgerFileError
    from .errors import LineageIncomplete as LineageIncomplete
    from .errors import MissingVariable as MissingVariable
    from .errors import NoRelease as NoRelease
    from .errors import NotFound as NotFound
    from .errors import NotFoundInEcosystem as NotFoundInEcosystem
    from .errors import RateLimited as RateLimited
    from .errors import RedirectRefused as RedirectRefused
    from .errors import ServerError as ServerError
    from .errors import SeveralInEcosystem as SeveralInEcosystem
    from .errors import StartUnconfirmed as StartUnconfirmed
    from .errors import TargetNotFound as TargetNotFound
    from .errors import TooManyTargets as TooManyTargets
    from .errors import Unauthorized as Unauthorized
    from .errors import Unavailable as Unavailable
    from .errors import UnexpectedAnswer as UnexpectedAnswer
    from .errors import UnknownTargetError as UnknownTargetError
    from .kubernetes import KubernetesSettings as KubernetesSettings
    from .lineage import Edge as Edge
    from .lineage import Ledger as Ledger
    from .lineage_graph import LineageGraph as LineageGraph
    from .modules import ModuleInfo as ModuleInfo
    from .outcomes import Outcome as Outcome
    from .outcomes import Outcomes as Outcomes
    from .progress import Progress as Progress
    from .root_error import SuperviselyError as SuperviselyError
    from .servers import as_completed as as_completed
    from .servers import wait_all as wait_all
    from .servers import wait_any as wait_any
    from .wait_errors import TaskEndedOtherwise as TaskEndedOtherwise
    from .wait_errors import TaskFinishedWithError as TaskFinishedWithError
    from .wait_errors import TaskGone as TaskGone
    from .wait_errors import TaskStopped as TaskStopped
    from .wait_errors import WaitError as WaitError
    from .wait_errors import WaitingTimeExceeded as WaitingTimeExceeded
    from .waiting import Polling as Polling
    from .watch import WaitEvent as WaitEvent
    from .workflow import check_workflow_compatibility as check_workflow_compatibility
    from .workflow_settings import WorkflowMeta as WorkflowMeta
    from .workflow_settings import WorkflowSettings as WorkflowSettings
else:
    _HOMES = {
        "api": ("Api", "AsyncApi"),
        "app_run": ("RunResult",),
        "entities": ("AppInfo", "PluginTaskType", "RestartPolicy", "SessionInfo", "Status", "TaskInfo"),
        "env": ("is_development",),
        "errors": (
            "ApiError",
            "ArgumentError",
            "ArgumentProblem",
            "BadRequest",
            "Conflict",
            "ConnectionFailed",
            "EnvFileError",
            "Forbidden",
            "InstanceTooOld",
            "InvalidArguments",
            "LedgerFileError",
            "LineageIncomplete",
            "MissingVariable",
            "NoRelease",
            "NotFound",
            "NotFoundInEcosystem",
            "RateLimited",
            "RedirectRefused",
            "ServerError",
            "SeveralInEcosystem",
            "StartUnconfirmed",
            "TargetNotFound",
            "TooManyTargets",
            "Unauthorized",
            "Unavailable",
            "UnexpectedAnswer",
            "UnknownTargetError",
        ),
        "kubernetes": ("KubernetesSettings",),
        "lineage": ("Edge", "Ledger"),
        "lineage_graph": ("LineageGraph",),
        "modules": ("ModuleInfo",),
        "outcomes": ("Outcome", "Outcomes"),
        "progress": ("Progress",),
        "root_error": ("SuperviselyError",),
        "servers": ("as_completed", "wait_all", "wait_any"),
        "wait_errors": (
            "TaskEndedOtherwise",
            "TaskFinishedWithError",
            "TaskGone",
            "TaskStopped",
            "WaitError",
            "WaitingTimeExceeded",
        ),
        "waiting": ("Polling",),
        "watch": ("WaitEvent",),
        "workflow": ("check_workflow_compatibility",),
        "workflow_settings": ("WorkflowMeta", "WorkflowSettings"),
    }

    def __getattr__(name):
        from importlib import import_module

        if name == "env":
            return import_module(".env", __name__)
        for home, names in _HOMES.items():
            if name in names:
                value = getattr(import_module(f".{home}", __name__), name)
                globals()[name] = value
                return value
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def __dir__():
        return sorted([*globals(), *(name for names in _HOMES.values() for name in names), "env"])
