"""A clean environment, and clients of both colours."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from supervisely_ext import Api, AsyncApi
from tests.scripted import ScriptedTransport, Step

from .colours import Colour
from .samples import SERVER, TOKEN

settings.register_profile("unit", deadline=None)
settings.load_profile("unit")

_OURS = ("SERVER_ADDRESS", "API_TOKEN", "SUPERVISELY_TASK_ID", "SUPERVISELY_API_SERVER_ADDRESS", "ENV")


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [*_OURS, *(name for name in os.environ if name.lower().endswith("_proxy"))]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.fixture(params=[Api, AsyncApi])
def colour(request: pytest.FixtureRequest) -> Colour:
    return Colour(request.param)


@pytest.fixture
def connect(colour: Colour) -> Callable[..., tuple[Any, ScriptedTransport]]:
    """Give a function that makes a client and its transport from the server's answers."""

    def make(*steps: Step, repeat: bool = False, random: float = 0.5, **options: Any) -> tuple[Any, ScriptedTransport]:
        transport = ScriptedTransport(steps, repeat=repeat, random=random)
        arguments = {"server_address": SERVER, "token": TOKEN, **options}
        return colour(**arguments, transport=transport), transport

    return make
