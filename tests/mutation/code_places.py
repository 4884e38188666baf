"""Places in Python code where a mistake fits, each as the text that it puts in the place of another."""

import ast
from collections.abc import Callable, Iterator
from copy import deepcopy

from attrs import frozen

Found = tuple[ast.AST, str, str]
"""A node, what stands in its place, and what that means, in words; no words where the two texts say it."""
Finder = Callable[[ast.AST], Iterator[Found]]
"""Finds the places in one function."""


@frozen
class Edit:
    """Other text in the place of a node."""

    function: str
    lines: range
    start: int
    end: int
    new: str
    meaning: str

    def applied(self, source: str) -> str:
        data = source.encode()
        return (data[: self.start] + self.new.encode() + data[self.end :]).decode()


def edits(source: str, finder: Finder) -> Iterator[Edit]:
    """Give every edit that a finder knows in the functions of a module, in the order of the text."""
    starts = [0]
    for line in source.encode().splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    for name, function in _functions(ast.parse(source), ""):
        for node, new, meaning in finder(function):
            start = starts[node.lineno - 1] + node.col_offset
            end = starts[node.end_lineno - 1] + node.end_col_offset
            text = " ".join(source.encode()[start:end].decode().split())
            yield Edit(name, range(node.lineno, node.end_lineno + 1), start, end, new, meaning or f"{text} → {new}")


def _functions(node: ast.AST, prefix: str) -> Iterator[tuple[str, ast.AST]]:
    """Give each function with its name; one inside another belongs to that."""
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield f"{prefix}{child.name}", child
            case ast.ClassDef():
                yield from _functions(child, f"{prefix}{child.name}.")
            case _:
                yield from _functions(child, prefix)


def _inside(function: ast.AST) -> Iterator[ast.AST]:
    for statement in function.body:
        yield from ast.walk(statement)


def forgotten_fields(function: ast.AST) -> Iterator[Found]:
    """An object lacks one of its fields."""
    for node in _inside(function):
        if isinstance(node, ast.Dict) and sum(isinstance(key, ast.Constant) for key in node.keys) > 1:
            for index, key in enumerate(node.keys):
                if isinstance(key, ast.Constant):
                    yield node, ast.unparse(_without(node, index)), f"without {key.value!r}"


def _without(node: ast.Dict, index: int) -> ast.Dict:
    changed = deepcopy(node)
    del changed.keys[index], changed.values[index]
    return changed


def skipped_steps(function: ast.AST) -> Iterator[Found]:
    """Something is not called, or not noted; a course lacks one of its steps."""
    for node in _inside(function):
        if (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call | ast.Await)) or (
            isinstance(node, ast.Assign | ast.AugAssign)
            and any(
                isinstance(target, ast.Attribute)
                for target in getattr(node, "targets", [getattr(node, "target", None)])
            )
        ):
            yield node, "pass", ""
        elif isinstance(node, ast.Tuple) and sum(_makes_a_step(each) for each in node.elts) > 1:
            for index, each in enumerate(node.elts):
                if _makes_a_step(each):
                    changed = deepcopy(node)
                    del changed.elts[index]
                    yield node, ast.unparse(changed), f"without {ast.unparse(each)}"


def _makes_a_step(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Step"


_BESIDE = {ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">"}


def off_by_one(function: ast.AST) -> Iterator[Found]:
    """A number is one too large, or a bound belongs to the other side."""
    for node in _inside(function):
        match node:
            case ast.BinOp(op=ast.Add() | ast.Sub() | ast.Mult() | ast.FloorDiv()):
                yield node, f"({ast.unparse(node)} + 1)", ""
            case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in _BESIDE:
                yield node, f"{ast.unparse(left)} {_BESIDE[type(op)]} {ast.unparse(right)}", ""
            case ast.Call(func=ast.Name(id="len" | "int")):
                yield node, f"({ast.unparse(node)} + 1)", ""


def dropped_parameters(function: ast.AST) -> Iterator[Found]:
    """A request lacks one of its fields: a keyword of a model, or a key of an object that becomes one."""
    for node in _inside(function):
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[0].endswith("Request"):
            for index, keyword in enumerate(node.keywords):
                if keyword.arg is not None:
                    changed = deepcopy(node)
                    del changed.keywords[index]
                    yield node, ast.unparse(changed), f"{ast.unparse(node.func)} without {keyword.arg}"
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
            yield node, "pass", ""
    yield from forgotten_fields(function)


def wrong_repeats(function: ast.AST) -> Iterator[Found]:
    """What decides whether something is sent again says the contrary; what is sent once may be sent again."""
    for node in _inside(function):
        if isinstance(node, ast.If | ast.IfExp):
            yield node.test, f"(not ({ast.unparse(node.test)}))", ""
        elif isinstance(node, ast.Return) and isinstance(node.value, ast.Compare | ast.BoolOp):
            yield node.value, f"(not ({ast.unparse(node.value)}))", ""
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "once":
            yield node, ast.unparse(node.func.value), ""


def swallowed_errors(function: ast.AST) -> Iterator[Found]:
    """An error is made, or caught, and not raised."""
    for node in _inside(function):
        if isinstance(node, ast.Raise):
            yield node, "pass", ""
