"""Which version the server is, and whether that is new enough."""

import re

from supervisely_client.api.instance import instance_version
from supervisely_client.models.instance_version_request import InstanceVersionRequest

from .call import Caller
from .errors import UnexpectedAnswer
from .shapes import text_at

_NUMBERS = re.compile(r"v?(\d+(?:\.\d+)*)", re.ASCII)


async def version_of(caller: Caller) -> str:
    """Give the server's version (`instance.version`), asked for once for each client; a failure is not remembered, nor is what is no version."""
    if caller.server.version is not None:
        return caller.server.version
    answer = await caller.call(instance_version.OPERATION, body=InstanceVersionRequest())
    version = answer.read(lambda body: text_at(body, "version"))
    if numbers(version):
        caller.server.version = version
    return version


async def known_version_of(caller: Caller) -> str:
    """Give the server's version. Raises `UnexpectedAnswer` when it names none, like `unknown`."""
    version = await version_of(caller)
    if not numbers(version):
        problem = f"{version!r}, which is no version"
        raise UnexpectedAnswer(operation=instance_version.OPERATION.name, status=200, problem=problem)
    return version


def is_at_least(version: str, needed: str) -> bool:
    """Compare two versions by their numbers; what is no version is never enough."""
    return bool(numbers(version)) and numbers(version) >= numbers(needed)


def numbers(version: str) -> tuple[int, ...]:
    """Give the numbers that a version begins with, without zeros at the end; none when it is no version."""
    found = _NUMBERS.match(version)
    return tuple(map(int, re.sub(r"(\.0+)+$", "", found[1]).split("."))) if found else ()
