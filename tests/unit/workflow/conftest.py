"""The workflow of a client on the mock, in production."""

from typing import Any

import pytest

from supervisely_ext.mock import Platform

from .platforms import start_in


@pytest.fixture(autouse=True)
def production(monkeypatch: pytest.MonkeyPatch, clean_environment: None) -> None:
    monkeypatch.setenv("ENV", "production")
    monkeypatch.delenv("TEAM_ID", raising=False)


@pytest.fixture
def task_id(platform: Platform) -> int:
    return start_in(platform, 23821)


@pytest.fixture
def workflow(api: Any) -> Any:
    return api.app.workflow
