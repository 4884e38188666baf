"""What each method does: a function from a valid request to an answer, by the method's name."""

from . import app_pages, apps, ecosystem, files, logs, models, neighbours, plugins, sharing, tasks, workflow
from .registry import HANDLERS

__all__ = [
    "HANDLERS",
    "app_pages",
    "apps",
    "ecosystem",
    "files",
    "logs",
    "models",
    "neighbours",
    "plugins",
    "sharing",
    "tasks",
    "workflow",
]
