"""A reader finds the right room from the names alone, so no name says nothing."""

import ast
import re
from pathlib import Path

EMPTY_WORDS = {"manager", "helper", "helpers", "util", "utils", "impl", "misc"}
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


def words(name: str) -> set[str]:
    return {word.lower() for word in WORD.findall(name)}


def empty_names(module: str, source: str) -> list[str]:
    """Module, class and function names that hold an empty word."""
    found = [module] if words(module) & (EMPTY_WORDS) else []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef) and words(node.name) & (EMPTY_WORDS):
            found.append(f"{module}: class {node.name}")
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and words(node.name) & EMPTY_WORDS:
            found.append(f"{module}: def {node.name}")
    return found


def test_empty_names_are_found() -> None:
    source = "class JobManager: ...\ndef http_utils(): ...\ndef base_url(): ...\nclass Baseline: ..."
    assert empty_names("flows", source) == ["flows: class JobManager", "flows: def http_utils"]
    assert empty_names("helpers", "") == ["helpers"]


def test_no_name_in_the_house_is_empty(handwritten: list[Path]) -> None:
    assert [line for path in handwritten for line in empty_names(path.stem, path.read_text("utf-8"))] == []
