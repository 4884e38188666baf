"""Write the blocking classes from the `Async…Api` classes.

    python spec/tools/blocking.py supervisely_ext OUTPUT.py

Each public coroutine becomes a `def` with the same signature and docstring that runs the same coroutine to its end; async
generators become iterators, and context managers (`asynccontextmanager`) blocking ones; plain and static methods pass on. A coroutine whose name ends in _async stays refused. Methods of a base are written out into each class, since blocking classes that inherit from
each other could not satisfy a type checker. What cannot be mirrored is refused with its line.

A method may give a mirrored class, and an attribute may be one; any other attribute without a value is the inner object's own,
which must not be rebound. `__aenter__`, which gives the object itself, and `__aexit__` become `__enter__` and `__exit__`.
"""

import ast
import builtins
import re
import sys
from collections.abc import Iterator
from pathlib import Path

HEADER = '''"""The blocking classes. Written by ./codegen.sh from the Async classes: change those."""
'''

CONTEXT = {"__aenter__": "__enter__", "__aexit__": "__exit__"}
_ITERATOR = ("Iterator", "collections.abc")
_MANAGER = ("AbstractContextManager", "contextlib")


class CannotMirror(Exception):
    """Something that the blocking classes could not have."""

    def __init__(self, path: Path, node: ast.AST, why: str) -> None:
        super().__init__(f"{path}:{getattr(node, 'lineno', 0)}: {why}")


class Source:
    """A module with what it defines and imports."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tree = ast.parse(path.read_text("utf-8"))
        self.classes = {node.name: node for node in self.tree.body if isinstance(node, ast.ClassDef)}
        self.imports = dict(_imports(self.tree))
        self.defined = {name for node in self.tree.body for name in _defined(node)}


def _imports(tree: ast.Module) -> Iterator[tuple[str, ast.Import | ast.ImportFrom]]:
    for node in tree.body:
        if isinstance(node, ast.ImportFrom):
            for name in node.names:
                yield name.asname or name.name, ast.ImportFrom(node.module, [name], node.level)
        elif isinstance(node, ast.Import):
            for name in node.names:
                yield name.asname or name.name.partition(".")[0], ast.Import([name])


def _defined(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        yield from (target.id for target in targets if isinstance(target, ast.Name))


class Mirror:
    """Collects the blocking classes and the imports that they need."""

    def __init__(self, package: Path) -> None:
        self.sources = {path.stem: Source(path) for path in sorted(package.glob("*.py")) if path.name != "blocking.py"}
        self.imports: dict[str, str] = {}
        self.classes: list[str] = []

    def write(self) -> str:
        """Give the text of the module."""
        for source in self.sources.values():
            for name, node in source.classes.items():
                if name.startswith("Async") and name.endswith("Api") and name != "AsyncApi":
                    self.classes.append(self._class(source, node))
        return (
            HEADER
            + "\n"
            + "\n".join(sorted(set(self.imports.values())))
            + "\n\n\n"
            + "\n\n\n".join(self.classes)
            + "\n"
        )

    def _class(self, source: Source, node: ast.ClassDef) -> str:
        self._import(source, node, node.name)
        lines = [f"class {node.name.removeprefix('Async')}:", _docstring(node, 4), ""]
        members = list(self._members(source, node))
        lines += [text for text in (self._attribute(*member) for member in members) if text]
        lines += ["", f"    def __init__(self, inner: {node.name}) -> None:", "        self._inner = inner"]
        lines += [text for text in (_taken_over(statement) for _, statement in members) if text]
        lines += [text for text in (self._callable(*member, owner=node.name) for member in members) if text]
        return "\n".join(lines)

    def _members(self, source: Source, node: ast.ClassDef) -> Iterator[tuple[Source, ast.stmt]]:
        """Give what the class has, its own before what its bases have."""
        seen: set[str] = set()
        for owner, cls in self._lineage(source, node):
            for statement in cls.body:
                name = _name(statement)
                if name and (not name.startswith("_") or name in CONTEXT) and name not in seen:
                    seen.add(name)
                    yield owner, statement
                elif name and name.startswith("__") and name not in ("__init__", *CONTEXT):
                    raise CannotMirror(owner.path, statement, f"{name} would not exist in the blocking class")

    def _lineage(self, source: Source, node: ast.ClassDef) -> Iterator[tuple[Source, ast.ClassDef]]:
        yield source, node
        for base in node.bases:
            if not isinstance(base, ast.Name) or base.id.startswith("Async"):
                raise CannotMirror(source.path, node, "a mirrored class cannot inherit from another")
            yield from self._lineage(*self._base(source, node, base.id))

    def _base(self, source: Source, node: ast.ClassDef, name: str) -> tuple[Source, ast.ClassDef]:
        statement = source.imports.get(name)
        module = statement.module if isinstance(statement, ast.ImportFrom) and statement.level == 1 else None
        home = source if name in source.classes else self.sources.get(str(module))
        if home is None or name not in home.classes:
            raise CannotMirror(source.path, node, f"its base {name} is no class of this package")
        return home, home.classes[name]

    def _attribute(self, source: Source, node: ast.stmt) -> str:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            if node.value is None and _mirror_of(node.annotation):
                return ""
            self._need(source, node.annotation)
            self._need(source, node.value, quoted=False)
            return f"    {ast.unparse(node)}"
        if isinstance(node, ast.Assign):
            raise CannotMirror(source.path, node, "an attribute needs its type")
        return ""

    def _callable(self, source: Source, node: ast.stmt, *, owner: str) -> str:
        function = node if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else None
        if function and function.name in CONTEXT:
            return self._context(source, function, owner.removeprefix("Async"))
        mirror = _mirror_of(function.returns) if function and not function.decorator_list else None
        return (
            self._giving(source, function, mirror) if function and mirror else self._method(source, node, owner=owner)
        )

    def _context(self, source: Source, node: ast.FunctionDef | ast.AsyncFunctionDef, mirror: str) -> str:
        self._need_arguments(source, node)
        gives = _mirror_of(node.returns) or (ast.unparse(node.returns) if node.returns else "None")
        entered = node.name == "__aenter__"
        if gives != (mirror if entered else "None"):
            raise CannotMirror(source.path, node, "__aenter__ gives the object itself, __aexit__ nothing")
        head = f"    def {CONTEXT[node.name]}({ast.unparse(node.args)}) -> {repr(gives) if entered else gives}:"
        call = self._completed(f"self._inner.{node.name}({_pass_on(node.args, static=False)})")
        return "\n".join(["", head, f"        {call}", *(["        return self"] if entered else [])])

    def _giving(self, source: Source, node: ast.FunctionDef | ast.AsyncFunctionDef, mirror: str) -> str:
        self._need_arguments(source, node)
        call = f"self._inner.{node.name}({_pass_on(node.args, static=False)})"
        if isinstance(node, ast.AsyncFunctionDef):
            call = self._completed(call)
        head = f"    def {node.name}({ast.unparse(node.args)}) -> {mirror!r}:"
        return "\n".join(["", head, _docstring(node, 8), f"        return {mirror}({call})"])

    def _completed(self, call: str) -> str:
        self.imports["complete"] = "from .completing import complete"
        return f"complete({call})"

    def _method(self, source: Source, node: ast.stmt, *, owner: str) -> str:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            return ""
        decorators = [ast.unparse(decorator) for decorator in node.decorator_list]
        static = decorators == ["staticmethod"] and isinstance(node, ast.FunctionDef)
        entered = decorators == ["asynccontextmanager"]
        if decorators and not static and not entered:
            raise CannotMirror(
                source.path, node, "of decorated methods only plain static ones and context managers are understood"
            )
        self._need_signature(source, node)
        returns = ast.unparse(node.returns) if node.returns else "None"
        iterated = re.fullmatch(r"Async(?:Iterator\[(.*)\]|Generator\[(.*?)(?:, None)?\])", returns)
        if iterated:
            kind, home = _MANAGER if entered else _ITERATOR
            returns = f"{kind}[{iterated[1] or iterated[2]}]"
            self.imports[kind] = f"from {home} import {kind}"
        call = f"{owner if static else 'self._inner'}.{node.name}({_pass_on(node.args, static=static)})"
        runner = "entered" if entered else "iterate" if iterated else "complete"
        lines = ["", *(["    @staticmethod"] if static else [])]
        lines += [f"    def {node.name}({ast.unparse(node.args)}) -> {returns}:", _docstring(node, 8)]
        return "\n".join([*lines, f"        {self._body(node, call, runner)}"])

    def _body(self, node: ast.FunctionDef | ast.AsyncFunctionDef, call: str, runner: str) -> str:
        if node.name.endswith("_async"):
            self.imports["Unavailable"] = "from .errors import Unavailable"
            return f'raise Unavailable(method="{node.name}", instead="it suspends; use AsyncApi")'
        if isinstance(node, ast.FunctionDef):
            return f"return {call}"
        self.imports[runner] = f"from .completing import {runner}"
        return f"return {runner}({call})"

    def _need_signature(self, source: Source, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self._need_arguments(source, node)
        self._need(source, node.returns)

    def _need_arguments(self, source: Source, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        for argument in ast.walk(node.args):
            if isinstance(argument, ast.arg):
                self._need(source, argument.annotation)
        for default in (*node.args.defaults, *node.args.kw_defaults):
            self._need(source, default, quoted=False)

    def _need(self, source: Source, node: ast.expr | None, *, quoted: bool = True) -> None:
        """Import what an annotation or a default names."""
        for name in _names(node, quoted=quoted) if node else ():
            if name.id.startswith("Async") and name.id.endswith("Api"):
                raise CannotMirror(source.path, name, f"{name.id} would not be mirrored here")
            if name.id not in ("AsyncIterator", "AsyncGenerator"):
                self._import(source, name, name.id)

    def _import(self, source: Source, node: ast.AST, name: str) -> None:
        if name in source.imports:
            text = ast.unparse(source.imports[name])
        elif name in source.defined:
            text = f"from .{source.path.stem} import {name}"
        elif hasattr(builtins, name):
            return
        else:
            raise CannotMirror(source.path, node, f"the blocking classes cannot import {name}")
        if self.imports.setdefault(name, text) != text:
            raise CannotMirror(source.path, node, f"{name} is another than in {self.imports[name]!r}")


def _mirror_of(annotation: ast.expr | None) -> str | None:
    """Name the blocking class that stands for the annotation, when the whole of it is a mirrored class."""
    text = annotation.value if isinstance(annotation, ast.Constant) else annotation and ast.unparse(annotation)
    found = re.fullmatch(r"Async(\w+Api)", str(text))
    return found[1] if found else None


def _taken_over(node: ast.stmt) -> str:
    if not (isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)) or node.value:
        return ""
    name, mirror = node.target.id, _mirror_of(node.annotation)
    return f"        self.{name} = {mirror}(inner.{name})" if mirror else f"        self.{name} = inner.{name}"


def _names(node: ast.AST, *, quoted: bool) -> Iterator[ast.Name]:
    if isinstance(node, ast.Name):
        yield node
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and quoted:
        annotation = ast.parse(node.value, mode="eval").body
        yield from (ast.copy_location(name, node) for name in _names(annotation, quoted=True))
    elif isinstance(node, ast.Subscript) and ast.unparse(node.value) == "Literal":
        yield from _names(node.value, quoted=False)
    else:
        for child in ast.iter_child_nodes(node):
            yield from _names(child, quoted=quoted)


def _name(node: ast.stmt) -> str:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return node.name
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return node.target.id
    if isinstance(node, ast.Assign):
        return ast.unparse(node.targets[0])
    return ""


def _docstring(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef, indent: int) -> str:
    text = (ast.get_docstring(node, clean=False) or "").replace("\\", r"\\")
    text = re.sub(r'"(?=""|"?\Z)', r"\"", text)
    return f'{" " * indent}"""{text}"""'


def _pass_on(arguments: ast.arguments, *, static: bool) -> str:
    positional = [argument.arg for argument in (*arguments.posonlyargs, *arguments.args)][0 if static else 1 :]
    rest = [f"*{arguments.vararg.arg}"] if arguments.vararg else []
    keywords = [f"{argument.arg}={argument.arg}" for argument in arguments.kwonlyargs]
    extra = [f"**{arguments.kwarg.arg}"] if arguments.kwarg else []
    return ", ".join([*positional, *rest, *keywords, *extra])


def main(package: str, output: str) -> None:
    """Write the module."""
    Path(output).write_text(Mirror(Path(package)).write(), "utf-8")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except CannotMirror as error:
        sys.exit(f"blocking: {error}")
