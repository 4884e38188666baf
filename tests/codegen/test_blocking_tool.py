"""What spec/tools/blocking.py writes for classes of every allowed kind, and what it refuses."""

import importlib
import inspect
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.codegen.tools import BIN, ROOT, blocking, run_as_script

TINY = {
    "shapes": """
        from typing import TypeAlias

        Name: TypeAlias = str | None
        LIMIT = 3
    """,
    "base": """
        from collections.abc import Mapping
        from typing import Any, Literal, TypeAlias

        from .shapes import Name

        Filters: TypeAlias = Mapping[str, Any]

        class Rooted:
            async def root(self, name: Name = None, kind: Literal["one two", "x"] = "x") -> Name:
                '''Give the name.'''
                return name

            async def overridden(self) -> str:
                '''Say base.'''
                return "base"

        class Shared(Rooted):
            '''Not mirrored itself.'''

            KIND: str = "shared"
            _hidden = 1

            def __init__(self, start: int) -> None:
                self._start = start

            def _helper(self) -> int:
                return self._start

            async def filtered(self, filters: Filters, /, *rest: int, key: int, **more: Any) -> list[Any]:
                '''Give everything back.'''
                return [filters, rest, key, more]
    """,
    "things": """
        from collections.abc import AsyncIterator

        from .base import Shared
        from .shapes import LIMIT

        class Thing:
            '''What is given.'''

        class AsyncPartApi:
            '''A part.'''

            def __init__(self, name: str) -> None:
                self._seen = [name]

            async def __aenter__(self) -> "AsyncPartApi":
                self._seen.append("in")
                return self

            async def __aexit__(
                self, kind: type[BaseException] | None, error: BaseException | None, traceback: object
            ) -> None:
                self._seen.append(repr(error))

            async def seen(self) -> list[str]:
                '''Give what happened.'''
                return self._seen

        class AsyncApi:
            def sync(self) -> None:
                '''Written by hand: not looked at.'''

        class AsyncThingApi(Shared):
            '''Things.'''

            part: AsyncPartApi
            kept: list[int]

            def __init__(self, start: int) -> None:
                super().__init__(start)
                self.part = AsyncPartApi("attribute")
                self.kept = [1]

            def made(self, name: str) -> "AsyncPartApi":
                '''Make a part.'''
                return AsyncPartApi(name)

            async def found(self, name: str) -> AsyncPartApi:
                '''Find a part.'''
                return AsyncPartApi(name)

            class Nested:
                pass

            async def get(self, id: int, limit: int = LIMIT) -> list[Thing]:
                '''Give things.

                Twice indented:
                    so.
                '''
                return [Thing() for _ in range(self._helper() + id + limit)]

            async def overridden(self) -> str:
                '''Say own.'''
                return "own"

            async def count(self, upto: int) -> AsyncIterator[int]:
                '''Count.'''
                for number in range(upto):
                    yield number
    """,
}


def write_package(home: Path, modules: dict[str, str]) -> Path:
    package = home / "tiny"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    for name, text in modules.items():
        (package / f"{name}.py").write_text(dedent(text), "utf-8")
    return package


def mirror(home: Path, text: str, **more: str) -> str:
    return str(blocking.Mirror(write_package(home, {"things": text, **more})).write())


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Import a package that was mirrored by the script, with the real runners of what never suspends."""
    package = write_package(tmp_path, TINY)
    shutil.copy(ROOT / "supervisely_ext/completing.py", package)
    assert run_as_script(monkeypatch, "blocking", package, package / "blocking.py") is None
    monkeypatch.syspath_prepend(str(tmp_path))
    yield importlib.import_module("tiny.blocking")
    for name in [name for name in sys.modules if name.partition(".")[0] == "tiny"]:
        del sys.modules[name]


@pytest.fixture
def api(tiny: Any) -> Any:
    return tiny.ThingApi(sys.modules["tiny.things"].AsyncThingApi(1))


def test_a_coroutine_becomes_a_method_that_runs_it(api: Any) -> None:
    """With its defaults."""
    assert (len(api.get(1)), len(api.get(1, limit=0))) == (5, 2)


def test_methods_of_bases_are_written_out_and_own_ones_go_first(api: Any) -> None:
    """Over any number of bases."""
    assert (api.root("n"), api.root(), api.overridden(), type(api).__bases__) == ("n", None, "own", (object,))
    assert type(api).overridden.__doc__ == "Say own."


def test_every_kind_of_argument_is_handed_on(api: Any) -> None:
    """Positional only, any number of, by name only, any name."""
    assert api.filtered({"a": 1}, 2, 3, key=4, more=5) == [{"a": 1}, (2, 3), 4, {"more": 5}]


def test_a_coroutine_without_a_type_returns_none(tmp_path: Path) -> None:
    """And the mirror says so."""
    assert "def get(self) -> None:" in mirror(tmp_path, "class AsyncXApi:\n    async def get(self): ...")


def test_an_async_generator_becomes_an_iterator(api: Any) -> None:
    """Which may be left early."""
    assert inspect.signature(type(api).count).return_annotation == Iterator[int]
    assert list(api.count(3)) == [0, 1, 2]
    assert next(api.count(10)) == 0


def test_a_part_is_mirrored_too(tiny: Any, api: Any) -> None:
    """As an attribute, and as what a method gives, with or without a request."""
    parts = [api.part, api.made("made"), api.found("found")]
    assert [type(part) for part in parts] == [tiny.PartApi] * 3
    assert [part.seen() for part in parts] == [["attribute"], ["made"], ["found"]]
    assert api.part is api.part


def test_an_attribute_without_a_value_is_the_inner_ones(api: Any) -> None:
    """The same object, not a copy."""
    assert api.kept is api._inner.kept


def test_async_with_becomes_with(api: Any) -> None:
    """It gives the blocking object, and lets errors through."""
    with api.part as part:
        assert part is api.part
    with pytest.raises(ZeroDivisionError), api.part:
        raise ZeroDivisionError
    assert api.part.seen() == ["attribute", "in", "None", "in", "ZeroDivisionError()"]


def test_plain_methods_pass_on(tmp_path: Path) -> None:
    """A method without a request stays one; a static one stays static and goes to the class."""
    text = mirror(
        tmp_path,
        '''
        class AsyncXApi:
            def double(self, n: int) -> int:
                """Double."""
                return 2 * n

            @staticmethod
            def name(of: str = "x") -> str:
                """Name."""
                return of
        ''',
    )
    assert "return self._inner.double(n)" in text
    assert "@staticmethod\n    def name(of: str='x') -> str:" in text
    assert "return AsyncXApi.name(of)" in text


def test_what_suspends_by_its_name_is_refused(tmp_path: Path) -> None:
    """A coroutine whose name ends in _async has no blocking form: calling it names AsyncApi."""
    text = mirror(tmp_path, "class AsyncXApi:\n    async def get_async(self) -> int: ...")
    assert "from .errors import Unavailable" in text
    assert 'raise Unavailable(method="get_async", instead="it suspends; use AsyncApi")' in text


def test_private_names_nested_classes_and_the_api_itself_are_not_mirrored(tiny: Any) -> None:
    """Typed attributes are, those of the bases too."""
    assert {name for name in dir(tiny.ThingApi) if not name.startswith("_")} == {
        "KIND", "count", "filtered", "found", "get", "made", "overridden", "root"
    }  # fmt: skip
    assert tiny.ThingApi.KIND == "shared"
    assert not hasattr(tiny, "Api")


def test_what_is_written_for_coroutines_and_generators_is_strictly_typed(
    tiny: Any, tmp_path: Path, strict_mypy: Callable[..., str]
) -> None:
    """There is nothing for mypy --strict to find in the blocking module."""
    assert strict_mypy(tmp_path, "--follow-imports=silent", "tiny/blocking.py") == ""


def test_a_context_manager_becomes_a_blocking_one(tmp_path: Path) -> None:
    """Entered and left by the same coroutines."""
    text = (
        "from collections.abc import AsyncGenerator\nfrom contextlib import asynccontextmanager\nclass AsyncXApi:\n"
        "    @asynccontextmanager\n    async def held(self, key: int = 1) -> AsyncGenerator[str]:\n        yield ''"
    )
    written = mirror(tmp_path, text)
    assert "def held(self, key: int=1) -> AbstractContextManager[str]:" in written
    assert "return entered(self._inner.held(key))" in written
    assert "from contextlib import AbstractContextManager" in written


REFUSED = {
    "a property": (
        "class AsyncXApi:\n    @property\n    def get(self) -> int: ...  # here", "only plain static ones"),
    "a class method": (
        "class AsyncXApi:\n    @classmethod\n    def make(cls) -> int: ...  # here", "only plain static ones"),
    "a decorated coroutine": (
        "class AsyncXApi:\n    @cache\n    async def get(self) -> int: ...  # here", "only plain static ones and context managers are understood"),
    "an overload": (
        "class AsyncXApi:\n    @overload\n    async def get(self) -> int: ...  # here", "only plain static ones and context managers are understood"),
    "an attribute without a type": ("class AsyncXApi:\n    LIMIT = 3  # here", "an attribute needs its type"),
    "a mirrored base": (
        "class AsyncXApi: ...\nclass AsyncYApi(AsyncXApi): ...  # here", "a mirrored class cannot inherit from another"),
    "a base with parameters": (
        "class AsyncXApi(Generic[T]): ...  # here", "a mirrored class cannot inherit from another"),
    "a special method": (
        "class AsyncXApi:\n    async def __aiter__(self) -> None: ...  # here",
        "__aiter__ would not exist in the blocking class"),
    "a special method of a base": (
        "class Base:\n    def __len__(self) -> int: ...  # here\nclass AsyncXApi(Base): ...",
        "__len__ would not exist in the blocking class"),
    "an entering that gives another": (
        "class AsyncXApi: ...\nclass AsyncYApi:\n    async def __aenter__(self) -> AsyncXApi: ...  # here", "itself"),
    "a leaving that swallows errors": (
        "class AsyncXApi:\n    async def __aexit__(self, *error: object) -> bool: ...  # here", "nothing"),
    "a property that is a mirrored class": (
        "class AsyncXApi: ...\nclass AsyncYApi:\n    @property\n    def get(self) -> AsyncXApi: ...  # here", ""),
    "a base of another package": ("from typing import Protocol\nclass AsyncXApi(Protocol): ...  # here", ""),
    "a base from nowhere": ("class AsyncXApi(Exception): ...  # here", ""),
    "a mirrored class in a signature": (
        "class AsyncXApi: ...\nclass AsyncYApi:\n    async def get(self) -> AsyncXApi | None: ...  # here", ""),
    "a mirrored class in a quoted type": (
        "class AsyncXApi: ...\nclass AsyncYApi:\n    async def get(self) -> 'AsyncXApi | None': ...  # here", ""),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_mirrored_is_refused_with_its_line(tmp_path: Path, case: str) -> None:
    """The message begins with file and line."""
    text, why = REFUSED[case]
    line = next(number for number, line in enumerate(text.splitlines(), 1) if line.endswith("# here"))
    with pytest.raises(blocking.CannotMirror) as caught:
        mirror(tmp_path, text)
    assert str(caught.value).startswith(f"{tmp_path / 'tiny' / 'things.py'}:{line}: ")
    assert why in str(caught.value)


OUTSIDE = {
    "an imported module": "import datetime\nclass AsyncXApi:\n    async def get(self) -> datetime.date: ...",
    "a constant of the module": "LIMIT = 3\nclass AsyncXApi:\n    async def get(self, limit: int = LIMIT) -> int: ...",
    "an import for type checkers": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from decimal import Decimal\n"
    "class AsyncXApi:\n    async def get(self) -> 'Decimal': ...",
}


@pytest.mark.parametrize("case", OUTSIDE)
def test_what_a_signature_names_is_imported_or_refused(tmp_path: Path, case: str) -> None:
    """What is written must not name what it does not have."""
    try:
        written = mirror(tmp_path, OUTSIDE[case])
    except blocking.CannotMirror:
        return
    (tmp_path / "tiny" / "blocking.py").write_text(written, "utf-8")
    command = [BIN / "ruff", "check", "--isolated", "--no-cache", "--select", "F821", "tiny/blocking.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_an_async_generator_by_its_longer_name_is_an_iterator_or_refused(tmp_path: Path) -> None:
    """Run as a coroutine it would fail at the first call."""
    text = "from collections.abc import AsyncGenerator\nclass AsyncXApi:\n    async def get(self) -> AsyncGenerator[int]: ..."
    try:
        written = mirror(tmp_path, text)
    except blocking.CannotMirror:
        return
    assert "def get(self) -> Iterator[int]:" in written


def test_the_line_is_that_of_the_base_that_has_it(tmp_path: Path) -> None:
    """Not that of the mirrored class."""
    base = "class Base:\n    @property\n    def get(self) -> int: ...\n"
    with pytest.raises(blocking.CannotMirror, match=r"base\.py:3: "):
        mirror(tmp_path, "from .base import Base\nclass AsyncXApi(Base): ...", base=base)


def test_two_things_of_one_name_are_refused(tmp_path: Path) -> None:
    """In the blocking module one of them would be taken for the other."""
    text = "from .{} import Kind\nclass Async{}Api:\n    async def get(self, kind: Kind) -> None: ...\n"
    package = {
        "one": text.format("left", "One"),
        "two": text.format("right", "Two"),
        "left": "Kind = int",
        "right": "Kind = str",
    }
    with pytest.raises(blocking.CannotMirror, match="Kind"):
        mirror(tmp_path, "", **package)


def test_the_script_ends_with_the_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line, no traceback, and nothing written."""
    package = write_package(tmp_path, {"things": "class AsyncXApi:\n    LIMIT = 3\n"})
    message = run_as_script(monkeypatch, "blocking", package, tmp_path / "out.py")
    assert message == f"blocking: {package / 'things.py'}:2: an attribute needs its type"
    assert not (tmp_path / "out.py").exists()


@settings(deadline=None)
@given(st.text(st.sampled_from("ab \"'\\\n{}é"), min_size=1))
def test_a_docstring_is_the_same_whatever_it_says(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Quotes and backslashes too."""
    source = f"class AsyncXApi:\n    {text!r}\n    async def get(self) -> None:\n        {text!r}\n"
    written = mirror(tmp_path_factory.mktemp("docstring"), source)
    names: dict[str, Any] = {"AsyncXApi": object}
    exec(
        written.replace("from .", "from supervisely_ext.").replace("from supervisely_ext.things import AsyncXApi", ""),
        names,
    )
    assert (names["XApi"].__doc__, names["XApi"].get.__doc__) == (text, text)
