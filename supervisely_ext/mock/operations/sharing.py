"""Who else may see a task."""

from typing import Any

from ..platform import Platform
from .registry import Request, answers


@answers("tasks.sharing.set")
def _tasks_sharing_set(platform: Platform, request: Request) -> Any:
    platform.find_task(request["taskId"]).shared = request["shared"]
    return {}


@answers("tasks.users.add")
def _tasks_users_add(platform: Platform, request: Request) -> Any:
    task, user_ids = platform.find_task(request["taskId"]), _users(platform, request)
    task.users = [*task.users, *(user_id for user_id in user_ids if user_id not in task.users)]
    return {}


@answers("tasks.users.remove")
def _tasks_users_remove(platform: Platform, request: Request) -> Any:
    task, user_ids = platform.find_task(request["taskId"]), _users(platform, request)
    task.users = [user_id for user_id in task.users if user_id not in user_ids]
    return {}


def _users(platform: Platform, request: Request) -> dict[int, None]:
    return dict.fromkeys(platform.find_user(user_id).id for user_id in request["userIds"])
