"""Async tests: by themselves, under pytest-asyncio, under anyio."""

import re
from pathlib import Path

import pytest

from .conftest import Run

DOCS = Path(__file__).parents[2] / "docs/testing.md"

TEST = """
    import asyncio
    import pytest
    {head}
    async def test_a_day(supervisely_mock, supervisely_async_api, tmp_path):
        begun = supervisely_mock.clock.now()
        session = await supervisely_async_api.app.start(7, module_id=83)
        await asyncio.sleep(24 * 3600)
        assert await supervisely_async_api.app.wait(session.task_id) == "finished"
        assert supervisely_mock.clock.now() - begun >= 24 * 3600
        assert tmp_path.is_dir()

    {head}
    async def test_fresh(supervisely_mock, supervisely_async_api):
        assert not supervisely_mock.tasks
        await supervisely_async_api._caller.transport.sleep(3600)
"""
FIXTURE = """
    @{fixture}
    async def started(supervisely_async_api):
        session = await supervisely_async_api.app.start(7, module_id=83)
        await supervisely_async_api._caller.transport.sleep(60)
        yield session
        await supervisely_async_api._caller.transport.sleep(60)

    {head}
    async def test_with_a_fixture(supervisely_async_api, started):
        assert await supervisely_async_api.app.get_status(started.task_id) == "finished"
"""


def recipe(name: str) -> str:
    """Give the block of the docs that defines it."""
    (found,) = re.findall(
        rf"^```python\n((?:(?!```).)*^def {name}\(.*?)^```$", DOCS.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    return found


def test_an_async_test_needs_no_plugin(run: Run) -> None:
    """It runs in the mock's time; methods and parameters too."""
    done = run(
        TEST.format(head="")
        + """
    @pytest.mark.parametrize("number", [1, 2])
    class TestClass:
        async def test_it(self, supervisely_async_api, number, given=3):
            assert number + given > 3
            assert await supervisely_async_api.task.get_list(23821) == []
    """
    )
    done.assert_outcomes(passed=4)


def test_a_failing_async_test_fails(run: Run) -> None:
    """A coroutine that nobody awaited would pass."""
    done = run("async def test_it(supervisely_async_api): assert await supervisely_async_api.task.get_list(23821)")
    done.assert_outcomes(failed=1)


def test_without_our_fixtures_an_async_test_is_none_of_ours(run: Run) -> None:
    """pytest says what it says of any."""
    done = run("async def test_it(): ...")
    done.assert_outcomes(failed=1)
    done.stdout.fnmatch_lines(["*async def functions are not natively supported*"])


def test_a_coroutine_in_a_blocking_test(run: Run) -> None:
    """`supervisely_run` gives what it gives."""
    done = run(
        """
        import asyncio

        async def main(api):
            session = await api.app.start(7, module_id=83)
            async with asyncio.timeout(3600):
                return await api.app.wait(session.task_id)

        def test_it(supervisely_async_api, supervisely_run):
            assert supervisely_run(main(supervisely_async_api)) == "finished"
        """
    )
    done.assert_outcomes(passed=1)


def test_a_foreign_loop_is_refused(run: Run) -> None:
    """Waiting in real time on a clock that stands would never end."""
    done = run(
        """
        import asyncio
        import pytest

        def test_it(supervisely_async_api):
            with pytest.raises(RuntimeError, match="needs its own event loop"):
                asyncio.run(supervisely_async_api._caller.transport.sleep(1))
        """
    )
    done.assert_outcomes(passed=1)


@pytest.mark.parametrize("mode", ["strict", "auto"])
def test_pytest_asyncio(mode: str, run: Run, pytester: pytest.Pytester) -> None:
    """With one hook in a conftest.py its loops are the mock's, for its async fixtures too; other tests have ordinary ones."""
    pytester.makeconftest(recipe("pytest_asyncio_loop_factories"))
    head, fixture = ("@pytest.mark.asyncio", "pytest_asyncio.fixture") if mode == "strict" else ("", "pytest.fixture")
    others = """
    {head}
    async def test_real(): assert not hasattr(asyncio.get_running_loop(), "clock")
    """
    code = "    import pytest_asyncio\n" + TEST + FIXTURE + others
    options = ("-o", f"asyncio_mode={mode}", "-o", "asyncio_default_fixture_loop_scope=function")
    done = run(code.format(head=head, fixture=fixture), *options, plugins=("asyncio",), subprocess=True)
    done.assert_outcomes(passed=4)


def test_anyio(run: Run, pytester: pytest.Pytester) -> None:
    """With one fixture in a conftest.py its loops are the mock's, for its async fixtures too."""
    pytester.makeconftest(recipe("anyio_backend"))
    code = TEST + FIXTURE
    head = "@pytest.mark.anyio"
    done = run(code.format(head=head, fixture="pytest.fixture"), plugins=("anyio",), subprocess=True)
    done.assert_outcomes(passed=3)


def test_anyio_without_it_is_refused(run: Run) -> None:
    """Loudly."""
    done = run(
        """
        import pytest

        @pytest.mark.anyio
        async def test_it(supervisely_async_api):
            session = await supervisely_async_api.app.start(7, module_id=83)
            await supervisely_async_api.app.wait(session.task_id)
        """,
        "-kasyncio",
        plugins=("anyio",),
    )
    assert done.parseoutcomes()["failed"] == 1
    done.stdout.fnmatch_lines(["*a virtual clock in asyncio needs its own event loop*"])
