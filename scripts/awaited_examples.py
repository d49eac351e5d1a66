"""The example of an area as users of AsyncLiveOps write it: the same lines, with `await` and `async` where they are needed."""

import ast
import re
from collections.abc import Iterator, Set
from typing import NamedTuple

Call = tuple[str, str]  # area and method
Insert = tuple[int, int, str]  # line, column, text
PROMPT = re.compile(r"^(?:>>>|\.\.\.) ", re.M)
STATEMENT = re.compile(r"^>>> .*\n(?:\.\.\. .*\n)*", re.M)


class Special(NamedTuple):
    """The calls that are not just awaited: lists are walked over, what makes is awaited and walked over, edits are entered."""

    lists: Set[Call]
    makings: Set[Call]
    edits: Set[Call]


def awaited(example: str, special: Special) -> str:
    """The example with the words in it, and whatever the interpreter answers as it was."""
    return STATEMENT.sub(lambda found: typed(rewritten(PROMPT.sub("", found[0]), special)), example)


def typed(source: str) -> str:
    """A statement as it stands in an interpreter."""
    first, *more = source.splitlines(keepends=True)
    return f">>> {first}" + "".join(f"... {line}" for line in more)


def rewritten(source: str, special: Special) -> str:
    """One statement with the words put in, the last first, so that no place moves before it is used."""
    lines = source.splitlines(keepends=True)
    for line, column, text in sorted(inserts(ast.parse(source), lines, special), reverse=True):
        lines[line - 1] = lines[line - 1][:column] + text + lines[line - 1][column:]
    return "".join(lines)


def inserts(tree: ast.Module, lines: list[str], special: Special) -> Iterator[Insert]:
    """Each word, with its place in front of which it belongs."""
    used = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute | ast.Subscript)}
    for node in ast.walk(tree):
        call = called(node)
        if call and isinstance(node, ast.Call) and call not in special.lists | special.edits:
            yield node.lineno, node.col_offset, "(await " if id(node) in used else "await "
            if id(node) in used:
                yield node.end_lineno or 0, node.end_col_offset or 0, ")"
        elif isinstance(node, ast.comprehension) and called(node.iter) in special.lists | special.makings:
            line, column = node.target.lineno, node.target.col_offset
            yield line, lines[line - 1].rindex("for ", 0, column), "async "
        elif (isinstance(node, ast.For) and called(node.iter) in special.lists | special.makings) or (
            isinstance(node, ast.With) and called(node.items[0].context_expr) in special.edits
        ):
            yield node.lineno, node.col_offset, "async "


def called(node: ast.AST) -> Call | None:
    """The area and the method, if this calls one: `liveops.area.method(...)`, or that of the player."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Attribute(value=ast.Name(id="liveops" | "player"), attr=area), attr=method)):
            return area, method
    return None
