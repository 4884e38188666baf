"""The mock on a port, for a whole session."""

import threading

import pytest

import supervisely_ext.pytest_plugin

from .conftest import Run


def test_a_platform_for_each_test_at_one_url(run: Run) -> None:
    """Markers hold, the port stays, requests are shown, and the thread ends with the session."""
    done = run(
        """
        import pytest
        import supervisely_ext as sly

        @pytest.fixture(scope="session")
        def service(supervisely_mock_url):
            return supervisely_mock_url

        @pytest.mark.parametrize("number", [1, 2])
        def test_it(number, service, supervisely_mock_server):
            assert service == supervisely_mock_server.url
            assert supervisely_mock_server.token not in repr(supervisely_mock_server)
            with sly.Api(supervisely_mock_server.url, supervisely_mock_server.token) as api:
                session = api.app.start(7, module_id=83)
                assert api.app.wait(session.task_id, timeout=60) == "finished"
            assert list(supervisely_mock_server.platform.tasks) == [21012]

        @pytest.mark.supervisely_mock(time="virtual", lifecycle=[("started", 3600), ("error", "no memory left")])
        def test_virtual(supervisely_mock_server):
            with sly.Api(supervisely_mock_server.url, supervisely_mock_server.token) as api:
                session = api.app.start(7, module_id=83)
                assert api.app.get_status(session.task_id) == "started"
                supervisely_mock_server.platform.clock.advance(3600)
                assert api.app.get_status(session.task_id) == "error"
            assert 0
        """
    )
    done.assert_outcomes(passed=2, failed=1)
    done.stdout.fnmatch_lines(["*- supervisely mock server: requests -*", "*200 POST*tasks.run.app*"])
    assert all(thread.name != "supervisely mock" for thread in threading.enumerate())


def test_between_tests_the_url_answers_too(run: Run) -> None:
    """So that a fixture of the session may ask before the first test."""
    done = run(
        """
        import pytest
        import supervisely_ext as sly

        @pytest.fixture(scope="session")
        def version(supervisely_mock_url):
            with sly.Api(supervisely_mock_url, "any") as api:
                return api.instance_version

        def test_it(version): assert version
        """
    )
    done.assert_outcomes(passed=1)


def test_an_answer_that_never_comes_does_not_hold_up_the_end(run: Run) -> None:
    """A client may still wait when the session ends."""
    done = run(
        """
        import socket
        import httpx
        import pytest
        from urllib.parse import urlsplit

        SILENCE = {"rules": [{"match": {}, "effect": {"kind": "silence"}}]}

        @pytest.mark.supervisely_mock(faults=SILENCE)
        def test_it(supervisely_mock_server):
            url = f"{supervisely_mock_server.url}/public/api/v3/instance.version"
            with pytest.raises(httpx.ReadTimeout):
                httpx.post(url, json={}, timeout=0.2, trust_env=False)
            place = urlsplit(supervisely_mock_server.url)
            request = b"POST /public/api/v3/instance.version HTTP/1.1\\r\\nhost: x\\r\\ncontent-type: application/json\\r\\ncontent-length: 2\\r\\n\\r\\n{}"
            global left_open
            left_open = socket.create_connection((place.hostname, place.port))
            left_open.sendall(request)
            while len(supervisely_mock_server.platform.journal.entries()) < 2:
                pass
        """,
        subprocess=True,
    )
    done.assert_outcomes(passed=1)


def test_without_its_extra_it_is_skipped(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """And says which one it needs."""
    monkeypatch.setattr(supervisely_ext.pytest_plugin, "find_spec", lambda name: None)
    done = run("def test_it(supervisely_mock_server): ...", "-rs")
    done.assert_outcomes(skipped=1)
    done.stdout.fnmatch_lines(["*the mock on a port needs the extra: pip install 'supervisely-ext[[]mock]'*"])
