"""What a failing test shows of the mock; what the mock itself is to blame for fails a test."""

import pytest

from .conftest import Run

LYING = """
    from supervisely_ext import SuperviselyError
    import pytest

    def answer(request):
        return {nonsense}

    @pytest.mark.supervisely_mock(validate="{mode}")
    def test_it(supervisely_mock, supervisely_api):
        session = supervisely_api.app.start(7, module_id=512)
        supervisely_mock.clock.sleep(10)
        supervisely_mock.answer_command("status", answer)
        try:
            supervisely_api.app.send_request(session.task_id, "status", {{}}, retries=1)
        except SuperviselyError:
            pass
"""


def test_a_failure_shows_the_requests(run: Run) -> None:
    """Each with operation, status and body, and without the token; also when the set-up fails."""
    done = run(
        """
        import pytest

        def test_failing(supervisely_api):
            supervisely_api.app.start(7, module_id=83, task_name="the night's export")
            assert supervisely_api.app.get_info_by_id(9999)

        @pytest.fixture
        def broken(supervisely_api):
            supervisely_api.task.get_list(23821)
            assert 0

        def test_broken(broken): ...
        def test_without_requests(supervisely_api):
            assert 0
        """
    )
    done.assert_outcomes(failed=2, errors=1)
    done.stdout.fnmatch_lines(
        [
            "*ERROR at setup of test_broken*",
            "*- supervisely mock: requests -*",
            "*1 200 POST tasks.list*23821*",
            "*test_failing*",
            "*- supervisely mock: requests -*",
            "*POST tasks.run.app*",
            "*404 POST apps.info*9999*",
            "*test_without_requests*",
            "*- supervisely mock: requests -*",
            "none",
        ]
    )
    assert "x-api-key" not in done.stdout.str()


def test_no_token_is_in_the_report(run: Run) -> None:
    """Not even a client's own."""
    done = run(
        """
        import supervisely_ext as sly
        from supervisely_ext.mock.inprocess import InProcess

        def test_failing(supervisely_mock, request):
            api = sly.Api("https://mock.invalid", "".join(["very", "secret"]), transport=InProcess(supervisely_mock))
            api.app.start(7, module_id=83)
            assert 0
        """
    )
    done.assert_outcomes(failed=1)
    done.stdout.fnmatch_lines(["*POST tasks.run.app*"])
    assert "verysecret" not in done.stdout.str()


def test_a_success_shows_nothing(run: Run) -> None:
    """And neither does a test without the mock."""
    done = run(
        """
        def test_it(supervisely_api):
            supervisely_api.app.start(7, module_id=83)

        def test_other():
            assert 0
        """,
        "-rA",
    )
    done.assert_outcomes(passed=1, failed=1)
    assert "requests" not in done.stdout.str()


@pytest.mark.parametrize(
    ("nonsense", "mode", "outcome"),
    [
        ("{1, 2}", "strict", "errors"),
        ("1 / 0", "warn", "errors"),
        ("1 / 0", "off", "errors"),
        ("{'status': 'ready'}", "strict", "none"),
    ],
)
@pytest.mark.unrefereed("the mock's failures are planted")
def test_a_fault_of_the_mock_itself_fails_the_test(nonsense: str, mode: str, outcome: str, run: Run) -> None:
    """Although the test took it for an error of the server."""
    done = run(LYING.format(nonsense=nonsense, mode=mode))
    done.assert_outcomes(passed=1, **({} if outcome == "none" else {outcome: 1}))
    if outcome == "errors":
        done.stdout.fnmatch_lines(
            [
                "*ERROR at teardown of test_it*",
                "the mock did what the platform never does",
                "tasks.request.direct: the mock failed: *",
            ]
        )


@pytest.mark.parametrize(("mode", "errors"), [("strict", 1), ("warn", 0)])
@pytest.mark.unrefereed("the mock's failures are planted")
def test_an_answer_that_breaks_the_spec_fails_the_test(mode: str, errors: int, run: Run) -> None:
    """With the rule, where the mock is strict; `warn` is what the word says."""
    done = run(
        f"""
        import pytest
        from supervisely_ext import SuperviselyError
        from supervisely_ext.mock import operations

        @pytest.mark.supervisely_mock(validate="{mode}")
        def test_it(supervisely_api, monkeypatch):
            monkeypatch.setitem(operations.HANDLERS, "tasks.info", lambda platform, request: {{"id": "no number"}})
            with pytest.raises(SuperviselyError):
                supervisely_api.task.get_info_by_id(1)
        """
    )
    done.assert_outcomes(passed=1, errors=errors)
    if errors:
        done.stdout.fnmatch_lines(["tasks.info: the mock's answer breaks the spec: /id (type): 'no number' is not of*"])
