"""`@pytest.mark.supervisely_mock`: what it takes, where it stands, and what is wrong with it."""

import json

import pytest

from supervisely_ext.mock.seeds import default_seed

from .conftest import Run

SEED = {**default_seed().to_json(), "agents": [{"id": 9, "name": "the other"}]}
PLAN = {"rules": [{"match": {"operation": "tasks.info"}, "effect": {"kind": "status", "status": 502}}]}


def test_a_nearer_marker_says_more(run: Run) -> None:
    """Each option is that of the nearest marker that names it."""
    done = run(
        """
        import pytest

        pytestmark = pytest.mark.supervisely_mock(validate="off", unfit="refuse")

        @pytest.mark.supervisely_mock(validate="warn")
        class TestClass:
            @pytest.mark.supervisely_mock(lifecycle=[("error", "out of memory")])
            def test_near(self, supervisely_mock):
                assert (supervisely_mock.validate, supervisely_mock.unfit) == ("warn", "refuse")
                assert [step.status for step in supervisely_mock.lifecycle] == ["error"]

        def test_far(supervisely_mock):
            assert (supervisely_mock.validate, supervisely_mock.lifecycle) == ("off", None)
        """
    )
    done.assert_outcomes(passed=2)


@pytest.mark.parametrize("given", ["SEED", "Seed.from_json(SEED)", '"seed.json"', 'Path("seed.json")'])
def test_a_seed(given: str, run: Run, pytester: pytest.Pytester) -> None:
    """As JSON, ready made, or as a file beside the test."""
    (pytester.path / "seed.json").write_text(json.dumps(SEED), "utf-8")
    done = run(
        f"""
        from pathlib import Path
        import pytest
        from supervisely_ext.mock import Seed

        SEED = {SEED!r}

        @pytest.mark.supervisely_mock(seed={given})
        def test_it(supervisely_mock):
            assert list(supervisely_mock.agents) == [9]
        """
    )
    done.assert_outcomes(passed=1)


@pytest.mark.parametrize("given", [repr(PLAN), f"read_plan({PLAN!r})", '"faults.json"'])
def test_faults(given: str, run: Run, pytester: pytest.Pytester) -> None:
    """As JSON, ready made, or as a file beside the test."""
    (pytester.path / "faults.json").write_text(json.dumps(PLAN), "utf-8")
    done = run(
        f"""
        import pytest
        from supervisely_ext.mock.faults import read_plan

        @pytest.mark.supervisely_mock(faults={given})
        def test_it(supervisely_mock):
            assert supervisely_mock.faults.plan == read_plan({PLAN!r})
        """
    )
    done.assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("time", "clock"), [("virtual", "VirtualClock"), ("fast:50", "FastClock"), ("real", "RealClock")]
)
def test_time(time: str, clock: str, run: Run) -> None:
    """Any of the clocks; a fast one passes in both colours."""
    done = run(
        f"""
        import pytest

        @pytest.mark.supervisely_mock(time="{time}", lifecycle=[("finished",)])
        def test_it(supervisely_mock, supervisely_api, supervisely_async_api, supervisely_run):
            assert type(supervisely_mock.clock).__name__ == "{clock}"
            for _ in range(2):
                session = supervisely_api.app.start(7, module_id=83)
                assert supervisely_api.app.wait(session.task_id) == "finished"
                assert supervisely_run(supervisely_async_api.app.wait(session.task_id)) == "finished"
        """
    )
    done.assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ("sed={}", "sed is no option, which are seed, lifecycle, unfit, faults, time, validate; did you mean seed?"),
        ("weather=1", "weather is no option, which are seed, lifecycle, unfit, faults, time, validate"),
        ("{}", "takes options by their names only: seed, lifecycle, unfit, faults, time, validate"),
        ("seed={'teams': [{'id': 'x'}]}", "seed: *\\/teams\\/0\\/id: 'x' is not of type 'integer'"),
        ("seed='there_is_none.json'", "seed: *No such file*there_is_none.json*"),
        ("faults={'rules': [{}]}", "faults: fault plan, /rules/0/match: is missing"),
        ("faults='test_theirs.py'", "faults: *test_theirs.py is no JSON (*"),
        (
            "time='slow'",
            "time: 'slow' is neither real nor virtual nor fast:N with a number N above 0 and up to 1,000,000, such as fast:10",
        ),
        ("time=3", "time: '3' is neither real nor virtual nor fast:N*"),
        ("validate='loose'", "validate must be one of strict, warn, off (is 'loose')"),
        ("unfit='wait'", "unfit must be queue or refuse (is 'wait')"),
        ("lifecycle=[('finished',), ('started',)]", "step 1 of the course: 'started' cannot follow 'finished'*"),
        ("lifecycle=7", "step 0 of the course: it must be a list of steps (is 7)"),
        ("seed=7", "seed: *the seed: 7 is not of type 'object'*"),
        ("faults=7", "faults: *fault plan, as a whole: must be an object"),
    ],
)
def test_what_is_wrong_is_an_error_at_setup(options: str, problem: str, run: Run) -> None:
    """With what is allowed, or with the place."""
    done = run(
        f"""
        import pytest

        @pytest.mark.supervisely_mock({options})
        def test_it(supervisely_mock): ...
        """
    )
    done.assert_outcomes(errors=1)
    escaped = problem.replace("\\/", "/").replace("[", "[[]")
    done.stdout.fnmatch_lines(["*ERROR at setup of test_it*", f"@pytest.mark.supervisely_mock: {escaped}"])
    assert "During handling" not in done.stdout.str()
