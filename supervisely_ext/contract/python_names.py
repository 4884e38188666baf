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
from .forms import unescape

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
    """A function of the layer, and which names it uses."""

    name: str
    owner: str
    """Its class; empty for a function of a module."""
    uses: frozenset[str]


@frozen
class _Sources:
    functions: list[_Function] = field(factory=list[_Function])
    bases: dict[str, list[str]] = field(factory=dict[str, list[str]])
    named: dict[str, list[_Function]] = field(factory=dict[str, list[_Function]])
    """The functions by their own names and by those of their classes."""
    attributes: dict[str, dict[str, str]] = field(factory=dict[str, dict[str, str]])
    """Which class an attribute is of, by the class that has it."""

    def ancestry(self, name: str) -> set[str]:
        """Name a class and all that it inherits from, as far as they are ours."""
        return {name}.union(*(self.ancestry(base) for base in self.bases.get(name, ())))

    def held(self, family: set[str], uses: frozenset[str]) -> set[str]:
        """Name the classes of the attributes of which methods are used."""
        return {
            kind
            for owner in family
            for name, kind in self.attributes.get(owner, {}).items()
            for method in self.named.get(kind, ())
            if f"self.{name}.{method.name}" in uses
        }


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
        uses = ahead.pop().uses
        uses |= sources.held(family, uses)
        found |= {name.removesuffix(".OPERATION") for name in uses if name.endswith(".OPERATION")}
        named = {each for use in uses for each in sources.named.get(use.removeprefix("self."), ())}
        called = [each for each in named - known if _is_called(each, uses, family)]
        known.update(called)
        ahead += called
    return found


def _is_called(function: _Function, uses: frozenset[str], family: set[str]) -> bool:
    if function.owner in family:
        return f"self.{function.name}" in uses
    # Of a class that is named, every method: which of them are called is not followed.
    return (function.owner or function.name) in uses


def _read(package: Traversable) -> _Sources:
    sources = _Sources()
    for path in package.iterdir():
        if path.name.endswith(".py") and path.name != "blocking.py":
            for node in ast.parse(path.read_text("utf-8")).body:
                _enter(sources, node, "")
    return sources


def _enter(sources: _Sources, node: ast.stmt, owner: str) -> None:
    if isinstance(node, ast.ClassDef):
        sources.bases[node.name] = [base.id for base in node.bases if isinstance(base, ast.Name)]
        for inner in node.body:
            _enter(sources, inner, node.name)
        sources.attributes[node.name] = dict(_attributes(node))
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        _enter_table(sources, node)
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        function = _Function(node.name, owner, frozenset(_uses(node)))
        sources.functions.append(function)
        for name in {node.name, owner}:
            sources.named.setdefault(name, []).append(function)


def _attributes(owner: ast.ClassDef) -> Iterator[tuple[str, str]]:
    """Give names of attributes and what they are of: as annotated, as the argument they are set to, as what makes them."""
    arguments = {each.arg: each.annotation for each in ast.walk(owner) if isinstance(each, ast.arg)}
    for node in ast.walk(owner):
        match node:
            case ast.AnnAssign(target=ast.Name(id=name), annotation=kind):
                yield name, ast.unparse(kind)
            case ast.Assign(targets=[ast.Attribute(attr=name)], value=ast.Name(id=argument)) if arguments.get(argument):
                yield name, ast.unparse(arguments[argument] or node)
            case ast.Assign(targets=[ast.Attribute(attr=name)], value=ast.Call(func=ast.Name(id=kind))):
                yield name, kind
            case _:
                pass


def _enter_table(sources: _Sources, node: ast.Assign | ast.AnnAssign) -> None:
    """Take a constant that holds operations for a function that calls them."""
    uses = frozenset(_uses(node))
    for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
        if isinstance(target, ast.Name) and any(use.endswith(".OPERATION") for use in uses):
            table = _Function(target.id, "", uses)
            sources.named.setdefault(target.id, []).append(table)


def _uses(function: ast.AST) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield f"{node.value.id}.{node.attr}"
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute):
            yield ast.unparse(node)
