"""Files stay small: no module above 300 lines, no function above 40."""

import ast
from pathlib import Path

MODULE_LINES = 300
FUNCTION_LINES = 40


def too_long(name: str, source: str) -> list[str]:
    lines = source.count("\n") + (not source.endswith("\n"))
    found = [f"{name}: {lines} lines"] if lines > MODULE_LINES else []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                found.append(f"{name}:{node.lineno}: {node.name} has {length} lines")
    return found


def test_a_module_of_301_lines_is_found() -> None:
    assert too_long("m.py", "x = 1\n" * 300) == []
    assert too_long("m.py", "x = 1\n" * 301) == ["m.py: 301 lines"]


def test_a_method_of_41_lines_is_found() -> None:
    inside = "class C:\n    async def f(self):\n" + "        x = 1\n" * 39
    assert too_long("m.py", inside) == []
    assert too_long("m.py", inside + "        x = 1\n") == ["m.py:2: f has 41 lines"]


def test_modules_and_functions_are_small(root: Path, handwritten: list[Path]) -> None:
    assert [
        line for path in handwritten for line in too_long(str(path.relative_to(root)), path.read_text("utf-8"))
    ] == []
