"""Functions stay small: none above 40 lines."""

import ast
from pathlib import Path

FUNCTION_LINES = 40


def too_long(name: str, source: str) -> list[str]:
    found: list[str] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                found.append(f"{name}:{node.lineno}: {node.name} has {length} lines")
    return found


def test_a_method_of_41_lines_is_found() -> None:
    inside = "class C:\n    async def f(self):\n" + "        x = 1\n" * 39
    assert too_long("m.py", inside) == []
    assert too_long("m.py", inside + "        x = 1\n") == ["m.py:2: f has 41 lines"]


def test_functions_are_small(root: Path, handwritten: list[Path]) -> None:
    assert [
        line for path in handwritten for line in too_long(str(path.relative_to(root)), path.read_text("utf-8"))
    ] == []
