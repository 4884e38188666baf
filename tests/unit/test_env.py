"""Ids from the environment."""

from collections.abc import Callable
from itertools import pairwise

import pytest

from supervisely_ext import ArgumentError, MissingVariable, env, is_development

SOURCES = {
    env.team_id: ("CONTEXT_TEAMID", "context.teamId", "TEAM_ID"),
    env.workspace_id: ("CONTEXT_WORKSPACEID", "context.workspaceId", "WORKSPACE_ID"),
    env.project_id: (
        "CONTEXT_PROJECTID",
        "context.projectId",
        "modal.state.slyProjectId",
        "PROJECT_ID",
        "modal.state.inputProjectId",
    ),
    env.agent_id: ("AGENT_ID",),
    env.task_id: ("TASK_ID",),
}
Getter = Callable[..., int | None]

each_getter = pytest.mark.parametrize(
    ("getter", "variables"), SOURCES.items(), ids=lambda case: getattr(case, "__name__", "")
)


@pytest.fixture(autouse=True)
def no_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    for variables in SOURCES.values():
        for variable in variables:
            monkeypatch.delenv(variable, raising=False)


@each_getter
def test_an_id_is_found(getter: Getter, variables: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of the variables gives the id."""
    for variable in variables:
        with monkeypatch.context() as patch:
            patch.setenv(variable, "17")
            assert getter() == 17


@each_getter
def test_the_first_variable_wins(getter: Getter, variables: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """The variables are looked up in the official SDK's order."""
    for first, second in pairwise(variables):
        with monkeypatch.context() as patch:
            patch.setenv(first, "1")
            patch.setenv(second, "2")
            assert getter() == 1


@each_getter
def test_a_missing_id(getter: Getter, variables: tuple[str, ...]) -> None:
    """A missing id raises what names the variables, or gives None when that is wanted."""
    assert getter(raise_not_found=False) is None
    with pytest.raises(MissingVariable) as caught:
        getter()
    assert caught.value.variables == variables
    assert variables[-1] in str(caught.value)
    assert isinstance(caught.value, KeyError)


@pytest.mark.parametrize("value", ["five", "", "-1", "1.5", "٥", "²"])
def test_an_id_that_is_no_number(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A value that is no number is an error, also when a missing one is not."""
    monkeypatch.setenv("TEAM_ID", value)
    with pytest.raises(ArgumentError) as caught:
        env.team_id(raise_not_found=False)
    assert (caught.value.argument, caught.value.problem) == ("TEAM_ID", f"is {value!r}, not a number")


@pytest.mark.parametrize(("value", "expected"), [("production", False), ("Production", True), ("development", True)])
def test_development_is_what_is_not_production(value: str, expected: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only ENV=production is production."""
    assert is_development()
    monkeypatch.setenv("ENV", value)
    assert is_development() is expected
