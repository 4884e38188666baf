"""Who calls whom."""

import copy
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervisely_ext import ArgumentError, EnvFileError
from supervisely_ext.credentials import Credentials, Secret, read_env_file

from .samples import SERVER, TOKEN

ENVIRONMENT = {"SERVER_ADDRESS": SERVER, "API_TOKEN": TOKEN}
tokens = st.from_regex(r"[A-Za-z0-9]{16,128}", fullmatch=True)


def written(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


@given(token=tokens)
def test_a_secret_shows_nowhere(token: str) -> None:
    """No text made of a secret, or of credentials with it, has the token in it."""
    secret = Secret(token)
    credentials = Credentials.find(SERVER, token, environ={})
    shown = f"{secret} {secret!r} {[secret]} {credentials} {credentials!r} {vars(Secret)!r}"
    assert token not in shown
    assert secret.reveal() == copy.copy(secret).reveal() == copy.deepcopy(secret).reveal() == token


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_secret_is_not_pickled(protocol: int) -> None:
    """Pickling a secret fails, without naming it."""
    with pytest.raises((AttributeError, TypeError, pickle.PicklingError)) as caught:
        pickle.dumps(Credentials.find(SERVER, TOKEN, environ={}), protocol)
    assert TOKEN not in repr(caught.value)


@given(token=tokens, before=st.text(), after=st.text())
def test_a_secret_is_removed_from_a_text(token: str, before: str, after: str) -> None:
    """What an answer repeats of the token is replaced."""
    assert token not in Secret(token).remove_from(f"{before}{token}{after}")


def test_arguments_come_before_the_environment() -> None:
    """An argument wins over the variable."""
    found = Credentials.find("other.example.com", "another", environ=ENVIRONMENT)
    assert str(found.server) == "https://other.example.com"
    assert found.headers() == {"x-api-key": "another"}


def test_the_environment_fills_in() -> None:
    """Address, token, task id and API address come from the environment."""
    more = {"SUPERVISELY_TASK_ID": "55", "SUPERVISELY_API_SERVER_ADDRESS": "http://api:80/other/"}
    found = Credentials.find(environ=ENVIRONMENT | more)
    assert found.headers() == {"x-api-key": TOKEN, "x-task-id": "55"}
    assert found.api_address == "http://api:80/other"
    assert Credentials.find(environ=ENVIRONMENT | more, ignore_task_id=True).task_id is None


def test_an_empty_task_id_is_none() -> None:
    """Outside of apps the variable may be set and empty."""
    found = Credentials.find(environ=ENVIRONMENT | {"SUPERVISELY_TASK_ID": ""})
    assert (found.task_id, found.api_address) == (None, None)


@pytest.mark.parametrize(("environ", "argument"), [
    ({"API_TOKEN": TOKEN}, "server_address"),
    ({"API_TOKEN": TOKEN, "SERVER_ADDRESS": ""}, "SERVER_ADDRESS"),
    ({"SERVER_ADDRESS": SERVER}, "token"),
    ({"SERVER_ADDRESS": SERVER, "API_TOKEN": ""}, "token"),
    ({**ENVIRONMENT, "SUPERVISELY_TASK_ID": "five"}, "SUPERVISELY_TASK_ID"),
    ({**ENVIRONMENT, "SUPERVISELY_TASK_ID": "-5"}, "SUPERVISELY_TASK_ID"),
    ({**ENVIRONMENT, "SUPERVISELY_TASK_ID": "0"}, "SUPERVISELY_TASK_ID"),
    ({**ENVIRONMENT, "SUPERVISELY_TASK_ID": "1" * 5000}, "SUPERVISELY_TASK_ID"),
    ({**ENVIRONMENT, "SUPERVISELY_TASK_ID": "٥"}, "SUPERVISELY_TASK_ID"),
    ({**ENVIRONMENT, "SUPERVISELY_API_SERVER_ADDRESS": "ftp://api"}, "SUPERVISELY_API_SERVER_ADDRESS"),
])  # fmt: skip
def test_what_is_missing_or_wrong_is_named(environ: dict[str, str], argument: str) -> None:
    """The error names the argument, or the variable that is wrong."""
    with pytest.raises(ArgumentError) as caught:
        Credentials.find(environ=environ)
    assert caught.value.argument == argument


@pytest.mark.parametrize("token", ["abc def", "abc\n", "töken", "abc\x00", "abc\x7f", "​abc"])
def test_a_token_with_a_strange_character(token: str) -> None:
    """A token that cannot be one is refused and not shown."""
    with pytest.raises(ArgumentError) as caught:
        Credentials.find(SERVER, token, environ={})
    assert caught.value.argument == "token"
    assert token.strip() not in str(caught.value)


class TestFromEnv:
    def test_development_reads_the_file(self, tmp_path: Path) -> None:
        """What the environment lacks comes from the file, and nothing is exported."""
        file = written(tmp_path / "env", f"SERVER_ADDRESS={SERVER}\nAPI_TOKEN=file\nSUPERVISELY_TASK_ID=6\n")
        environ = {"API_TOKEN": TOKEN, "SERVER_ADDRESS": ""}
        found = Credentials.from_env(env_file=file, environ=environ)
        assert str(found.server) == SERVER
        assert found.headers() == {"x-api-key": TOKEN, "x-task-id": "6"}
        assert environ == {"API_TOKEN": TOKEN, "SERVER_ADDRESS": ""}

    def test_the_home_is_where_the_file_lies(self, tmp_path: Path) -> None:
        """Unless told, the file is ~/supervisely.env."""
        written(tmp_path / "supervisely.env", f"SERVER_ADDRESS={SERVER}\nAPI_TOKEN={TOKEN}\n")
        assert str(Credentials.from_env(environ={}).server) == SERVER

    def test_a_full_environment_needs_no_file(self, tmp_path: Path) -> None:
        """The file is not read when nothing is missing."""
        found = Credentials.from_env(env_file=tmp_path / "none", environ=ENVIRONMENT)
        assert found.token.reveal() == TOKEN

    def test_production_reads_no_file(self, tmp_path: Path) -> None:
        """In production what is missing is missing."""
        file = written(tmp_path / "env", f"SERVER_ADDRESS={SERVER}\nAPI_TOKEN={TOKEN}\n")
        with pytest.raises(ArgumentError) as caught:
            Credentials.from_env(env_file=file, environ={"ENV": "production"})
        assert caught.value.argument == "server_address"


class TestEnvFile:
    @given(
        values=st.dictionaries(
            st.from_regex(r"[A-Z_][A-Z0-9_]{0,8}", fullmatch=True),
            st.text(alphabet=st.characters(exclude_characters="\r\n", exclude_categories=["Cs"])),
        ),
        export=st.booleans(),
    )
    def test_round_trip(self, tmp_path_factory: pytest.TempPathFactory, values: dict[str, str], export: bool) -> None:
        """Values between quotes are read as they were written."""
        values = {name: value for name, value in values.items() if not {"'", '"'} <= set(value)}
        prefix = "export " if export else ""
        lines = []
        for name, value in values.items():
            quote = '"' if "'" in value else "'"
            lines.append(f"{prefix}{name}={quote}{value}{quote}  # a comment\n")
        file = tmp_path_factory.getbasetemp() / "round-trip.env"
        file.write_bytes("\n".join(lines).encode())
        assert read_env_file(file) == values

    def test_what_a_file_may_look_like(self, tmp_path: Path) -> None:
        """Comments, blank lines, `export`, a byte order mark, Windows line ends and blanks are understood."""
        file = tmp_path / "env"
        file.write_bytes(b"\xef\xbb\xbfA=1\r\n\r\n# A=2\r\nexport B = two words # three\r\nC=a=b#c\nD=''\nE=\n")
        assert read_env_file(file) == {"A": "1", "B": "two words", "C": "a=b#c", "D": "", "E": ""}

    @pytest.mark.parametrize("line", ["A= # a comment", "A=\t# a comment"])
    def test_a_comment_is_no_value(self, tmp_path: Path, line: str) -> None:
        """A comment after an empty value is a comment."""
        assert read_env_file(written(tmp_path / "env", line)) == {"A": ""}

    @pytest.mark.parametrize("line", [f"API_TOKEN {TOKEN}", f"={TOKEN}", f"A='{TOKEN}", f'A="{TOKEN}" x', TOKEN])
    def test_a_malformed_line_is_named_by_its_number(self, tmp_path: Path, line: str) -> None:
        """The error has path and line, and nothing of what stands there."""
        file = written(tmp_path / "env", f"# first\nB=2\n{line}\n")
        with pytest.raises(EnvFileError) as caught:
            read_env_file(file)
        assert (caught.value.line, caught.value.path) == (3, str(file))
        assert TOKEN not in f"{caught.value!r}{vars(caught.value)}"
        assert "line 3" in str(caught.value)

    @pytest.mark.parametrize("name", ["missing", "."])
    def test_a_file_that_cannot_be_read(self, tmp_path: Path, name: str) -> None:
        """A missing file and a folder are named, with what to do."""
        with pytest.raises(EnvFileError) as caught:
            read_env_file(tmp_path / name)
        assert (caught.value.line, caught.value.path) == (0, str(tmp_path / name))
        assert "API_TOKEN" in caught.value.hint
        assert isinstance(caught.value.__cause__, OSError)

    def test_a_file_that_is_no_text(self, tmp_path: Path) -> None:
        """A file that is not UTF-8 is refused as a whole."""
        file = tmp_path / "env"
        file.write_bytes(b"A=\xff\xfe")
        with pytest.raises(EnvFileError) as caught:
            read_env_file(file)
        assert "not UTF-8" in str(caught.value)
