"""The public list: complete, sorted, the same in its three places, documented, and with an example for every name that runs."""

import ast
import inspect
import re
import subprocess
import sys
import types
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import krea_client
from krea_client import sandbox

from ..page_output import update

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ast.parse((ROOT / "shim" / "krea_client" / "__init__.py").read_text("utf-8"))
PAGE = (ROOT / "docs" / "api.md").read_text("utf-8")
SECTION = re.compile(r"^### `(?P<name>[\w.]+)`\n(?P<text>.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
FENCE = re.compile(r"^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


class Example(NamedTuple):
    name: str
    code: str
    output: str


def names_for_type_checkers() -> list[str]:
    [block] = [node for node in SOURCE.body if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"]
    return sorted(
        alias.asname or alias.name for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names
    )


def examples() -> Iterator[Example]:
    for section in SECTION.finditer(PAGE):
        blocks = {block["language"]: block["text"] for block in FENCE.finditer(section["text"])}
        yield Example(section["name"], blocks.get("python", ""), blocks.get("text", ""))


def prelude() -> str:
    prelude = FENCE.search(PAGE, PAGE.index("<!-- prelude -->"))
    assert prelude
    return prelude["text"]


EXAMPLES = list(examples())


def test_the_list_is_sorted_and_the_same_for_people_programs_and_type_checkers() -> None:
    assert sorted(krea_client.__all__) == krea_client.__all__
    assert krea_client.__all__ == sorted(krea_client._HOMES) == names_for_type_checkers()
    assert set(krea_client.__all__) <= set(dir(krea_client))


@pytest.mark.parametrize("name", krea_client.__all__)
def test_a_name_leads_to_the_thing_of_that_name(name: str) -> None:
    value = getattr(krea_client, name)
    assert value.__name__ == (f"krea_client.{name}" if isinstance(value, types.ModuleType) else name)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Kera'"):
        _ = krea_client.Kera  # type: ignore[attr-defined]  # the point of this test


def members(value: object) -> Iterator[tuple[str, object]]:
    """Yield public functions, methods and properties that a class or module has of its own."""
    for name, member in vars(value).items():
        if name.startswith("_"):
            continue
        if isinstance(value, types.ModuleType):
            if inspect.isfunction(member) and member.__module__ == value.__name__:
                yield name, member
        elif isinstance(member, property | staticmethod | classmethod) or inspect.isfunction(member):
            yield name, member


def undocumented(name: str, value: object) -> list[str]:
    own = (
        vars(value).get("__doc__") if isinstance(value, type) else value.__doc__
    ) or ""  # a class would show its parent's
    names = [] if own.strip() and not own.startswith(f"{name}(") else [name]  # "Name(field, ...)" is Python's, not ours
    return names + [f"{name}.{part}" for part, member in members(value) if not inspect.getdoc(member)]


def test_what_lacks_a_docstring_is_found() -> None:
    class Bare(NamedTuple):
        field: int

        def method(self) -> None: ...

    assert undocumented("Bare", Bare) == ["Bare", "Bare.method"]


@pytest.mark.parametrize("name", krea_client.__all__)
def test_every_name_and_every_public_method_has_a_docstring_that_begins_with_a_sentence(name: str) -> None:
    value = getattr(krea_client, name)
    assert undocumented(name, value) == []
    for text in [value.__doc__, *(inspect.getdoc(member) for _, member in members(value))]:
        first = (text or "").strip().split("\n\n")[0]
        assert first[0].isupper() or first[0].isdigit() or first.startswith("krea_client"), first
        assert first.rstrip().endswith((".", "?", ":")), first


def test_every_name_has_an_example_and_every_example_a_name() -> None:
    names = [example.name for example in EXAMPLES if not example.name.startswith("krea.")]  # else a part of a client
    assert sorted(names) == krea_client.__all__
    assert [example.name for example in EXAMPLES if not re.search(rf"\b{example.name}\b", example.code)] == []


@pytest.mark.parametrize("example", [pytest.param(example, id=example.name) for example in EXAMPLES])
def test_the_example_runs_and_prints_what_is_shown(
    example: Example,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    pytestconfig: pytest.Config,
) -> None:
    monkeypatch.chdir(tmp_path)
    scope: dict[str, object] = {"__name__": "__main__"}
    with warnings.catch_warnings():
        exec(compile(prelude() + example.code, f"example of {example.name}", "exec"), scope)
    printed = capsys.readouterr().out
    page = ROOT / "docs" / "api.md"
    assert printed.split() == example.output.split() or update(
        page, example.code, example.output, printed, pytestconfig
    )


def test_star_import_brings_the_list_and_nothing_else() -> None:
    program = "before = set(globals()) | {'before'}\nfrom krea_client import *\nprint(*sorted(set(globals()) - before))"
    completed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=paths())
    assert completed.stdout.split() == krea_client.__all__


def paths() -> dict[str, str]:
    return {"PYTHONPATH": f"{ROOT / 'shim'}:{ROOT / 'generated'}"}


def test_the_sandboxs_list_is_sorted_and_documented() -> None:
    assert sorted(sandbox.__all__) == sandbox.__all__ == sorted(sandbox._MODULES)
    assert [line for name in sandbox.__all__ for line in undocumented(name, getattr(sandbox, name))] == []


def test_importing_the_package_brings_in_nothing_but_itself() -> None:
    program = "import sys; before = set(sys.modules); import krea_client; print(*sorted(set(sys.modules) - before))"
    completed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=paths())
    assert set(completed.stdout.split()) <= {"krea_client", "krea_client._version", "__future__"}
