"""Which Python names a change touches: models, endpoint modules, and the methods of the layer that call them.

Read from the installed sources without importing them.
"""

import ast
import builtins
import keyword
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from attrs import evolve, field, frozen

from .changes import Change
from .places import unescape

_HUMP = re.compile(r"([A-Z]?[a-z]+)")
_WORDS = re.compile(r"[^. /_-]+")
_COMPONENT = re.compile(r"/components/schemas/([^/]+)(.*)")
_STEP = re.compile(
    r"/(?:properties/(?P<name>[^/]+)|(?P<item>items)|(?P<extra>additionalProperties)|(?:any|one)Of/(?P<branch>\d+))"
)
_RESERVED = frozenset({*dir(builtins), "self", "true", "false", "datetime"}) - {"id"}

_NAMESPACES = {
    "AsyncTaskApi": "api.task",
    "AsyncAppApi": "api.app",
    "AsyncWorkflowApi": "api.app.workflow",
    "AsyncApi": "api",
}


def snake_case(name: str) -> str:
    """Write a name of the wire as the generated client does."""
    spread = name if name.islower() else " ".join(_HUMP.split(name))
    words = "_".join(_WORDS.findall(spread)).lower()
    return f"{words}_" if words in _RESERVED or keyword.iskeyword(words) else words


def class_name(name: str) -> str:
    """Write the name of a schema as the generated client does."""
    return "".join(word[0].upper() + word[1:] for word in re.split(r"[^A-Za-z0-9]+", name) if word)


def with_names(changes: Sequence[Change], families: Mapping[str, str]) -> list[Change]:
    """Give the changes with the names that they touch; `families` are the tags of the operations."""
    return [evolve(change, touches=tuple(_touched(change, families))) for change in changes]


def _touched(change: Change, families: Mapping[str, str]) -> Iterator[str]:
    places = [change.old or change.new or "", *sorted(change.used)]
    yield from dict.fromkeys(name for place in places for name in _model_names(place))
    for operation in change.operations:
        if operation in families:
            yield f"supervisely_client.api.{snake_case(families[operation])}.{snake_case(operation)}"
    yield from sorted({name for operation in change.operations for name in callers().get(snake_case(operation), ())})


def _model_names(pointer: str) -> Iterator[str]:
    """Give the attribute that a schema became, else the class; a schema of which no class is made has no name."""
    component = _COMPONENT.fullmatch(pointer)
    if component is None:
        return
    steps = list(_STEP.finditer(component[2]))
    named = [index for index, step in enumerate(steps) if step["name"]]
    if named:
        owner = class_name(component[1]) + "".join(map(_suffix, steps[: named[-1]]))
        yield f"supervisely_client.models.{owner}.{snake_case(unescape(steps[named[-1]]['name']))}"
    elif (files("supervisely_client") / "models" / f"{snake_case(component[1])}.py").is_file():
        yield f"supervisely_client.models.{class_name(component[1])}"


def _suffix(step: re.Match[str]) -> str:
    """Give what a schema inside of another adds to the name of its class."""
    if step["name"]:
        return class_name(snake_case(unescape(step["name"])))
    return "Item" if step["item"] else "AdditionalProperty" if step["extra"] else f"Type{step['branch']}"


@frozen
class _Function:
    """A function of the layer, or a table, and which names it uses."""

    name: str
    owner: str
    """Its class; empty for a function of a module."""
    module: str
    uses: frozenset[str]


@frozen
class _Sources:
    functions: list[_Function] = field(factory=list[_Function])
    bases: dict[str, list[str]] = field(factory=dict[str, list[str]])
    named: dict[str, list[_Function]] = field(factory=dict[str, list[_Function]])
    """The functions by their own names and by those of their classes."""
    imported: dict[tuple[str, str], str] = field(factory=dict[tuple[str, str], str])
    """From which module a module has a name."""

    def add(self, function: _Function) -> None:
        """Enter it under its own name and that of its class."""
        self.functions.append(function)
        for name in {function.name, function.owner}:
            self.named.setdefault(name, []).append(function)

    def ancestry(self, name: str) -> set[str]:
        """Name a class and all that it inherits from, as far as they are ours."""
        return {name}.union(*(self.ancestry(base) for base in self.bases.get(name, ())))


@cache
def callers() -> Mapping[str, tuple[str, ...]]:
    """Give, for each endpoint module, the public methods that come to call it."""
    sources = _read(files("supervisely_ext"))
    found: dict[str, set[str]] = {}
    for owner, namespace in _NAMESPACES.items():
        family = sources.ancestry(owner)
        public = [each for each in sources.functions if each.owner in family and not each.name.startswith("_")]
        for method in public:
            for endpoint in _endpoints(sources, method, family):
                found.setdefault(endpoint, set()).add(f"{namespace}.{method.name}")
    return {endpoint: tuple(sorted(names)) for endpoint, names in found.items()}


def _endpoints(sources: _Sources, method: _Function, family: set[str]) -> set[str]:
    """Follow a method through what it calls; give every endpoint module on the way."""
    found: set[str] = set()
    known = {method}
    ahead = [method]
    while ahead:
        caller = ahead.pop()
        found |= {name.removesuffix(".OPERATION") for name in caller.uses if name.endswith(".OPERATION")}
        named = {each for use in caller.uses for each in sources.named.get(use.removeprefix("self."), ())}
        called = [each for each in named - known if _is_called(sources, each, caller, family)]
        known.update(called)
        ahead += called
    return found


def _is_called(sources: _Sources, function: _Function, caller: _Function, family: set[str]) -> bool:
    if function.owner in family:
        return f"self.{function.name}" in caller.uses
    # Of a class that is named, every method: which of them are called is not followed.
    name = function.owner or function.name
    return name in caller.uses and function.module == sources.imported.get((caller.module, name), caller.module)


def _read(package: Traversable) -> _Sources:
    sources = _Sources()
    for path in package.iterdir():
        if path.name.endswith(".py") and path.name != "blocking.py":
            module, tree = path.name.removesuffix(".py"), ast.parse(path.read_text("utf-8"))
            sources.imported.update(_imports(module, tree))
            for node in tree.body:
                _enter(sources, node, module)
    return sources


def _imports(module: str, tree: ast.Module) -> Iterator[tuple[tuple[str, str], str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level and node.module:
            yield from (((module, each.asname or each.name), node.module) for each in node.names)


def _enter(sources: _Sources, node: ast.stmt, module: str) -> None:
    match node:
        case ast.ClassDef(name=name):
            sources.bases[name] = [base.id for base in node.bases if isinstance(base, ast.Name)]
            held = _held(node)
            for method in node.body:
                if isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef):
                    uses = frozenset(_uses(method))
                    behind = (held[use] for use in uses & held.keys())
                    sources.add(_Function(method.name, name, module, uses.union(*behind)))
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            sources.add(_Function(name, "", module, frozenset(_uses(node))))
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            # A table of operations is as good as a function that calls them all.
            sources.add(_Function(name, "", module, frozenset(_uses(node))))
        case _:
            pass


def _held(owner: ast.ClassDef) -> dict[str, frozenset[str]]:
    """Give what stands in the annotations of attributes that the constructor takes as they are: `self._recorder`, a `Recorder`."""
    constructor = next(
        (each for each in owner.body if isinstance(each, ast.FunctionDef) and each.name == "__init__"), None
    )
    if constructor is None:
        return {}
    types = {each.arg: frozenset(_uses(each.annotation)) for each in constructor.args.args if each.annotation}
    held: dict[str, frozenset[str]] = {}
    for node in constructor.body:
        match node:
            case ast.Assign(
                targets=[ast.Attribute(value=ast.Name(id="self"), attr=attribute)], value=ast.Name(id=given)
            ):
                held[f"self.{attribute}"] = types.get(given, frozenset())
            case _:
                pass
    return held


def _uses(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield f"{node.value.id}.{node.attr}"
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute):
            yield ast.unparse(node)
