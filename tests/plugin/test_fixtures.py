"""The fixtures in process: fresh for each test, in virtual time, in both colours."""

import subprocess
import sys

import pytest

from .conftest import Run


def test_each_test_has_a_platform_of_its_own(run: Run) -> None:
    """And both clients of one test share it."""
    done = run(
        """
        def test_one(supervisely_mock, supervisely_api, supervisely_async_api):
            supervisely_api.app.start(7, module_id=83)
            assert supervisely_async_api.server_address == supervisely_api.server_address
            assert list(supervisely_mock.tasks) == [21012]

        def test_other(supervisely_mock):
            assert not supervisely_mock.tasks
        """
    )
    done.assert_outcomes(passed=2)


def test_a_test_that_is_run_again_begins_anew(run: Run, pytester: pytest.Pytester) -> None:
    """As pytest-rerunfailures and flaky do it: the same item once more; what stands under its report is of that attempt."""
    pytester.makeconftest(
        """
        from _pytest.runner import runtestprotocol

        def pytest_runtest_protocol(item, nextitem):
            for _ in range(3):
                item._initrequest()
                reports = runtestprotocol(item, nextitem=nextitem, log=False)
            for report in reports:
                item.ihook.pytest_runtest_logreport(report=report)
            return True
        """
    )
    done = run(
        """
        def test_it(supervisely_mock, supervisely_api):
            tasks = list(supervisely_mock.tasks)
            supervisely_api.app.start(7, module_id=83)
            assert tasks
        """
    )
    done.assert_outcomes(failed=1)
    assert done.stdout.str().count("POST tasks.run.app") == 1


def test_time_is_virtual(run: Run) -> None:
    """A day of waiting takes no time."""
    done = run(
        """
        import pytest

        @pytest.mark.supervisely_mock(lifecycle=[("queued", 5), ("started", 24 * 3600), ("finished",)])
        def test_day(supervisely_mock, supervisely_api):
            begun = supervisely_mock.clock.now()
            session = supervisely_api.app.start(7, module_id=83)
            assert supervisely_api.app.wait(session.task_id) == "finished"
            assert supervisely_mock.clock.now() - begun > 24 * 3600
        """
    )
    done.assert_outcomes(passed=1)


def test_the_shell_reaches_no_client(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever its variables say, the client is on the mock, as nobody's task."""
    monkeypatch.setenv("SUPERVISELY_TASK_ID", "12")
    monkeypatch.setenv("SUPERVISELY_API_SERVER_ADDRESS", "https://elsewhere.invalid/api")
    done = run(
        """
        def test_it(supervisely_api):
            assert supervisely_api.task_id is None
            assert supervisely_api.app.start(7, module_id=83).task_id
        """
    )
    done.assert_outcomes(passed=1)


def test_without_the_plugin(run: Run) -> None:
    """`-p no:supervisely` takes it away."""
    run("def test_it(supervisely_mock): ...", "-pno:supervisely").assert_outcomes(errors=1)


def test_the_marker_and_the_fixtures_are_listed(run: Run) -> None:
    """By `--markers` and `--fixtures`, with what they are for."""
    assert "@pytest.mark.supervisely_mock(seed, lifecycle, unfit, faults" in run("", "--markers").stdout.str()
    listed = run("", "--fixtures").stdout.str()
    for name in ("mock", "api", "async_api", "run", "mock_url", "mock_server"):
        assert f"supervisely_{name} " in listed
    assert "no docstring available" not in listed.partition("supervisely_mock ")[2]


def test_a_project_that_does_not_use_it_loads_nothing_of_it(run: Run) -> None:
    """But the plugin's own file."""
    done = run(
        """
        import sys

        def test_it():
            ours = {name for name in sys.modules if name.startswith(("supervisely", "httpx", "attr", "jsonschema"))}
            assert ours == {"supervisely_ext", "supervisely_ext.pytest_plugin"}
        """,
        *("-pno:hypothesispytest", "-pno:schemathesis"),  # which load what ours must not
        subprocess=True,
    )
    done.assert_outcomes(passed=1)


def test_the_plugin_itself_is_read_in_no_time() -> None:
    """Beside pytest it imports nothing that is not already there."""
    code = """if True:
        import sys, pytest, importlib.util, inspect
        before = set(sys.modules)
        import supervisely_ext.pytest_plugin
        print(*sorted(set(sys.modules) - before))
    """
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["supervisely_ext", "supervisely_ext.pytest_plugin"]


def test_workers_of_xdist_have_mocks_of_their_own(run: Run) -> None:
    """In process and on a port."""
    done = run(
        """
        import httpx
        import pytest

        @pytest.mark.parametrize("number", range(6))
        def test_it(number, supervisely_mock, supervisely_api, supervisely_mock_server):
            assert supervisely_api.app.start(7, module_id=83).task_id == 21012
            assert not supervisely_mock_server.platform.tasks

        def test_failing(supervisely_api):
            supervisely_api.app.start(7, module_id=83)
            assert 0
        """,
        "-n2",
        plugins=("xdist",),
        subprocess=True,
    )
    done.assert_outcomes(passed=6, failed=1)
    done.stdout.fnmatch_lines(["*supervisely mock: requests*", "*200 POST*tasks.run.app*"])
