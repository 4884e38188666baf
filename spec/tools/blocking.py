"""Write the blocking classes from the `Async…Api` classes.

    python spec/tools/blocking.py supervisely_ext OUTPUT.py

Each public coroutine becomes a `def` with the same signature and docstring that runs the same coroutine to its end; async
generators become iterators. Methods of a base are written out into each class, since blocking classes that inherit from
each other could not satisfy a type checker. What cannot be mirrored is refused with its line.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

HEADER = '''"""The blocking classes. Written by ./codegen.sh from the Async classes: change those."""
'''


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
        self.aliases = {
            node.target.id: node
            for node in self.tree.body
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and _is_alias(node)
        }


def _imports(tree: ast.Module) -> Iterator[tuple[str, ast.ImportFrom]]:
    for node in tree.body:
        if isinstance(node, ast.ImportFrom):
            for name in node.names:
                yield name.asname or name.name, ast.ImportFrom(node.module, [name], node.level)


def _is_alias(node: ast.AnnAssign) -> bool:
    return isinstance(node.annotation, ast.Name) and node.annotation.id == "TypeAlias"


class Mirror:
    """Collects the blocking classes and the imports that they need."""

    def __init__(self, package: Path) -> None:
        self.sources = {path.stem: Source(path) for path in sorted(package.glob("*.py")) if path.name != "blocking.py"}
        self.imports: set[str] = set()
        self.classes: list[str] = []

    def write(self) -> str:
        """Give the text of the module."""
        for source in self.sources.values():
            for name, node in source.classes.items():
                if name.startswith("Async") and name.endswith("Api") and name != "AsyncApi":
                    self.classes.append(self._class(source, node))
        return HEADER + "\n" + "\n".join(sorted(self.imports)) + "\n\n\n" + "\n\n\n".join(self.classes) + "\n"

    def _class(self, source: Source, node: ast.ClassDef) -> str:
        self.imports.add(f"from .{source.path.stem} import {node.name}")
        lines = [f"class {node.name.removeprefix('Async')}:", _docstring(node, 4), ""]
        members = list(self._members(source, node))
        lines += [text for text in (self._attribute(*member) for member in members) if text]
        lines += ["", f"    def __init__(self, inner: {node.name}) -> None:", "        self._inner = inner"]
        lines += [text for text in (self._method(*member) for member in members) if text]
        return "\n".join(lines)

    def _members(self, source: Source, node: ast.ClassDef) -> Iterator[tuple[Source, ast.stmt]]:
        """Give what the class has, its own before what its bases have."""
        seen: set[str] = set()
        for owner, cls in self._lineage(source, node):
            for statement in cls.body:
                name = _name(statement)
                if name and not name.startswith("_") and name not in seen:
                    seen.add(name)
                    yield owner, statement
                elif name and name.startswith("__") and name != "__init__":
                    raise CannotMirror(owner.path, statement, f"{name} would not exist in the blocking class")

    def _lineage(self, source: Source, node: ast.ClassDef) -> Iterator[tuple[Source, ast.ClassDef]]:
        yield source, node
        for base in node.bases:
            if not isinstance(base, ast.Name) or base.id.startswith("Async"):
                raise CannotMirror(source.path, node, "a mirrored class cannot inherit from another")
            home = source if base.id in source.classes else self.sources[str(source.imports[base.id].module)]
            yield from self._lineage(home, home.classes[base.id])

    def _attribute(self, source: Source, node: ast.stmt) -> str:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            self._need(source, node)
            return f"    {ast.unparse(node)}"
        if isinstance(node, ast.Assign):
            raise CannotMirror(source.path, node, "an attribute needs its type")
        return ""

    def _method(self, source: Source, node: ast.stmt) -> str:
        if isinstance(node, ast.FunctionDef):
            raise CannotMirror(source.path, node, "a public method must be a coroutine")
        if not isinstance(node, ast.AsyncFunctionDef):
            return ""
        if node.decorator_list:
            raise CannotMirror(source.path, node, "decorated methods are not understood")
        self._need(source, node.args)
        call = f"self._inner.{node.name}({_pass_on(node.args)})"
        returns = ast.unparse(node.returns) if node.returns else "None"
        if node.returns is not None:
            self._need(source, node.returns)
        runner = "complete"
        if returns.startswith("AsyncIterator["):
            returns, runner = returns.replace("AsyncIterator[", "Iterator[", 1), "iterate"
            self.imports.add("from collections.abc import Iterator")
        self.imports.add(f"from .transport import {runner}")
        signature = f"    def {node.name}({ast.unparse(node.args)}) -> {returns}:"
        return "\n".join(["", signature, _docstring(node, 8), f"        return {runner}({call})"])

    def _need(self, source: Source, node: ast.AST) -> None:
        """Import what the annotations and defaults name."""
        for name in (child.id for child in ast.walk(node) if isinstance(child, ast.Name)):
            if name == "AsyncIterator":
                continue
            if name in source.imports:
                self.imports.add(ast.unparse(source.imports[name]))
            elif name in source.aliases or name in source.classes:
                self.imports.add(f"from .{source.path.stem} import {name}")


def _name(node: ast.stmt) -> str:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return node.name
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return node.target.id
    if isinstance(node, ast.Assign):
        return ast.unparse(node.targets[0])
    return ""


def _docstring(node: ast.ClassDef | ast.AsyncFunctionDef, indent: int) -> str:
    text = ast.get_docstring(node, clean=False) or ""
    return f'{" " * indent}"""{text}"""'


def _pass_on(arguments: ast.arguments) -> str:
    positional = [argument.arg for argument in (*arguments.posonlyargs, *arguments.args)][1:]
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
