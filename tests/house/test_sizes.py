"""Functions, classes and chains of inheritance stay small."""

from pathlib import Path

from metrics.class_tree import ProjectClass, project_classes
from metrics.codebase import SourceModule, line_span

from .conftest import Holds

FUNCTION_LINES = 40
CLASS_LINES = 300  # with the ancestors inside the project
CHAIN_STEPS = 2  # from a class to its farthest ancestor inside the project


def long_functions(module: SourceModule) -> list[str]:
    return [f"{module.path}: {node.name}" for node in module.functions() if line_span(node) > FUNCTION_LINES]


def large_classes(classes: list[ProjectClass]) -> set[str]:
    return {entry.name for entry in classes if entry.inherited_lines > CLASS_LINES}


def deep_classes(classes: list[ProjectClass]) -> set[str]:
    """Allow errors one step more: users catch KreaError, AnswerError, ApiError and its kinds, which are all promised."""
    return {entry.name for entry in classes if entry.chain > CHAIN_STEPS + (entry.module == "krea_client.errors")}


def parsed(source: str) -> SourceModule:
    return SourceModule("m", Path("m.py"), source)


def test_a_method_of_41_lines_is_seen() -> None:
    method = "class C:\n    async def f(self):\n" + "        x = 1\n" * 39
    assert long_functions(parsed(method)) == []
    assert long_functions(parsed(method + "        x = 1\n")) == ["m.py: f"]


def test_a_class_counts_with_its_ancestors() -> None:
    base = "class Base:\n" + "    x = 1\n" * 200
    small, large = ("class C(Base):\n" + "    y = 1\n" * lines for lines in (98, 99))
    assert large_classes(project_classes([parsed(base + small)])) == set()
    assert large_classes(project_classes([parsed(base + large)])) == {"C"}


def test_a_chain_of_three_steps_is_seen() -> None:
    chain = "class A: ...\nclass B(A): ...\nclass C(B): ...\nclass D(C): ...\n"
    assert deep_classes(project_classes([parsed(chain)])) == {"D"}


def test_functions_are_small(modules: list[SourceModule], holds: Holds) -> None:
    holds("long_functions", [function for module in modules for function in long_functions(module)])


def test_classes_are_small_with_what_they_inherit(classes: list[ProjectClass], holds: Holds) -> None:
    holds("large_classes", large_classes(classes))


def test_chains_of_inheritance_are_short(classes: list[ProjectClass], holds: Holds) -> None:
    holds("deep_classes", deep_classes(classes))
