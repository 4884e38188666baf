"""What goes wrong on purpose: a plan of rules `match -> effect`, in Python or JSON, the same in every run with the same seed."""

from .checks import PlanError
from .effect import Effect
from .form import EFFECTS, plan_as_json, read_plan
from .garbled import BadJson, ContentType, Truncated
from .injector import Faults
from .instead import LoginPage, RateLimited, Reset, Silence, Status
from .lists import DuplicatePage, Lag
from .plan import Match, Plan, Rule
from .slow import Dribble, Latency
from .values import MissingField, UnknownValue

__all__ = [
    "BadJson",
    "ContentType",
    "Dribble",
    "DuplicatePage",
    "EFFECTS",
    "Effect",
    "Faults",
    "Lag",
    "Latency",
    "LoginPage",
    "Match",
    "MissingField",
    "Plan",
    "PlanError",
    "RateLimited",
    "Reset",
    "Rule",
    "Silence",
    "Status",
    "Truncated",
    "UnknownValue",
    "plan_as_json",
    "read_plan",
]
