"""The nightly export, through good nights and bad ones."""

import os
import subprocess
import sys
from pathlib import Path

import nightly_export
import pytest

from supervisely_ext.mock.faults import Match, Plan, Reset, Rule, Status
from supervisely_ext.mock.lifecycle import at_once

WORKSPACE = 23821
EXPORT = 83  # the module's id on the mock
BREAKS = [("queued", 5), ("started", 60), ("error", "CUDA out of memory")]


@pytest.fixture
def report(tmp_path):
    return tmp_path / "report.txt"


def test_all_are_exported(supervisely_mock, supervisely_api, report):
    assert nightly_export.export(supervisely_api, WORKSPACE, [76, 77], report)
    assert report.read_text() == "project 76: finished\nproject 77: finished\n"
    asked = [task.request["params"]["state"]["slyProjectId"] for task in supervisely_mock.tasks.values()]
    assert asked == [76, 77]


def test_an_export_that_fails_is_tried_once_more(supervisely_mock, supervisely_api, report):
    supervisely_mock.script(EXPORT, at_once(), BREAKS, at_once())
    assert nightly_export.export(supervisely_api, WORKSPACE, [76, 77], report)
    assert len(supervisely_mock.tasks) == 3


@pytest.mark.supervisely_mock(lifecycle=BREAKS)
def test_an_export_that_fails_twice_is_reported(supervisely_mock, supervisely_api, report):
    assert not nightly_export.export(supervisely_api, WORKSPACE, [76], report)
    assert report.read_text() == "project 76: error\n"
    assert len(supervisely_mock.tasks) == 2


def test_an_export_that_somebody_stops_is_not_tried_again(supervisely_mock, supervisely_api, report):
    supervisely_mock.script(EXPORT, [("started", 600), ("stopped",)])
    assert not nightly_export.export(supervisely_api, WORKSPACE, [76, 77], report)
    assert report.read_text() == "project 76: stopped\nproject 77: finished\n"
    assert len(supervisely_mock.tasks) == 2


@pytest.mark.supervisely_mock(faults=Plan([Rule(Match("tasks.*", times=4, after=2), Status(502))]))
def test_a_server_in_trouble_is_waited_for(supervisely_mock, supervisely_api, report):
    assert nightly_export.export(supervisely_api, WORKSPACE, [76, 77], report)
    assert [entry.status for entry in supervisely_mock.journal.entries()].count(502) == 4


@pytest.mark.supervisely_mock(faults=Plan([Rule(Match("tasks.run.app", times=1), Reset())]))
def test_a_start_that_is_lost_is_not_made_twice(supervisely_mock, supervisely_api, report):
    assert not nightly_export.export(supervisely_api, WORKSPACE, [76, 77], report)
    assert report.read_text() == "project 76: not known whether it was started\nproject 77: finished\n"
    assert len(supervisely_mock.tasks) == 1


@pytest.mark.supervisely_mock(lifecycle=[("queued", 3600), ("started", 20 * 3600), ("finished",)])
def test_a_long_night(supervisely_mock, supervisely_api, report):
    begun = supervisely_mock.clock.now()
    assert nightly_export.export(supervisely_api, WORKSPACE, [76, 77], report)
    assert 21 <= (supervisely_mock.clock.now() - begun) / 3600 < 22


@pytest.mark.supervisely_mock(lifecycle=[("started", 30 * 3600), ("finished",)])
def test_what_is_not_ready_after_a_night_is_stopped(supervisely_mock, supervisely_api, report):
    assert not nightly_export.export(supervisely_api, WORKSPACE, [76], report)
    supervisely_mock.clock.advance(60)
    assert [task.life.status for task in supervisely_mock.tasks.values()] == ["stopped"]


async def test_from_asyncio(supervisely_mock, supervisely_async_api):
    supervisely_mock.script(EXPORT, [("started", 3600), ("finished",)], BREAKS)
    ends = await nightly_export.export_async(supervisely_async_api, WORKSPACE, [76, 77])
    assert sorted(ends) == ["error", "finished"]


def test_the_command(supervisely_mock_server, tmp_path):
    environment = {
        **os.environ,
        "SERVER_ADDRESS": supervisely_mock_server.url,
        "API_TOKEN": supervisely_mock_server.token,
        "WORKSPACE_ID": str(WORKSPACE),
    }
    script = Path(nightly_export.__file__).resolve()
    done = subprocess.run([sys.executable, script, "76"], cwd=tmp_path, env=environment, check=False)
    assert done.returncode == 0
    assert (tmp_path / "report.txt").read_text() == "project 76: finished\n"
