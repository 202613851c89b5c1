"""The measures behind scripts/metrics, each on a few lines of code whose figures can be counted by hand."""

import json
from pathlib import Path

import pytest

from metrics.__main__ import main
from metrics.class_tree import duplicate_class_names, duplicate_module_names, project_classes
from metrics.codebase import SourceModule
from metrics.import_graph import cycles, import_graph
from metrics.summary import measure, spread
from metrics.variable_names import variables


def module(name: str, source: str, file: str = "") -> SourceModule:
    return SourceModule(name, Path(file or f"{name.replace('.', '/')}.py"), source)


def idle_names(source: str) -> list[str]:
    return [variable.name for variable in variables([module("m", source)]) if variable.is_idle]


@pytest.mark.parametrize(
    "source",
    [
        "found = 1",
        "found: int = 1",
        "x.y, (found, z) = 1, (2, 3)",
        "for found in x: pass",
        "with x as found: pass",
        "async def f():\n  async with x as found: pass",
        "try: pass\nexcept E as found: pass",
        "[found for found in x]",
        "lambda found: 1",
        "def f(*found): pass",
        "def f(*, found=1): pass",
        "print(found := 1)",
        "match x:\n  case {'a': 1, **found}: pass",
        "match x:\n  case [1, *found]: pass",
        "def f():\n  def g():\n    found = 1",
        "class C:\n  found: int",
    ],
)
def test_every_way_to_bind_a_variable_counts(source: str) -> None:
    assert idle_names(source) == ["found"]


def test_a_name_counts_once_in_each_scope() -> None:
    assert idle_names("found = 1\nfound = 2\ndef f():\n  found = 3") == ["found", "found"]


def test_only_names_without_a_noun_are_idle() -> None:
    source = "one = other_ones = _KEPT = told2 = 1\nfound_jobs = one_model = parsed = bound = _ = 1"
    assert sorted(idle_names(source)) == ["_KEPT", "one", "other_ones", "told2"]


@pytest.mark.parametrize(
    "deferred",
    [
        "import b",
        "def f():\n  import b",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n  from b import X",
    ],
)
def test_a_cycle_is_found_wherever_its_imports_stand(deferred: str) -> None:
    graph = import_graph(
        [module("a", deferred), module("b", "import c"), module("c", "import a"), module("d", "import a")]
    )
    assert cycles(graph) == [["a", "b", "c"]]


def test_relative_imports_and_submodules_are_followed() -> None:
    graph = import_graph(
        [
            module("p", "", "p/__init__.py"),
            module("p.a", "from . import b"),
            module("p.b", "from .q.c import X"),
            module("p.q", "from . import c", "p/q/__init__.py"),
            module("p.q.c", "from ..a import X\nfrom ... import none"),
        ]
    )
    assert graph["p.b"] == {"p.q.c"}
    assert graph["p.q"] == {"p.q.c"}
    assert cycles(graph) == [["p.a", "p.b", "p.q.c"]]


def test_a_class_counts_with_its_ancestors_once_each() -> None:
    classes = project_classes(
        [
            module("base", "class Base:\n  x = 1\n  y = 2\n"),
            module("mix", "import base\nclass A(base.Base[int]): pass\nclass B(base.Base): pass\n"),
            module("again", "from mix import A as First, B\n"),
            module("leaf", "from again import First, B\nclass Leaf(First, B, Exception):\n  z = 3\n"),
        ]
    )
    leaf = next(project_class for project_class in classes if project_class.name == "Leaf")
    assert (leaf.own_lines, leaf.inherited_lines, leaf.chain) == (2, 2 + 1 + 1 + 3, 2)


def test_equal_names_in_two_modules_are_duplicates() -> None:
    modules = [module("p.a", "class X: ...\nclass Y: ...\nif 1:\n  class Y: ..."), module("q._a", "class X: ...")]
    assert duplicate_class_names(project_classes(modules)) == {"X": ["p/a.py:1", "q/_a.py:1"]}
    assert duplicate_module_names(modules) == {"a": ["p/a.py", "q/_a.py"]}


def test_spread_is_median_ninetieth_percentile_and_maximum() -> None:
    assert spread(range(1, 11)) == (5.5, 9, 10)
    assert spread([7]) == (7, 7, 7)


def test_this_checkout_is_measured_whole(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert {"krea_client", "krea_migrate", "scripts", "project"} <= printed.keys()
    assert printed["project"]["modules"] == sum(
        value["modules"] for name, value in printed.items() if name != "project"
    )


def test_a_checkout_from_before_the_codemod_moved_out_is_measured_by_the_same_packages(tmp_path: Path) -> None:
    for name in ("shim/krea_client/__init__.py", "shim/krea_client/migrate/a.py", "scripts/x.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("class C:\n    def f(self, one): ...\n", "utf-8")
    assert {name: package["modules"] for name, package in measure(tmp_path).items()} == {
        "krea_client": 1, "krea_migrate": 1, "scripts": 1, "project": 3,
    }  # fmt: skip  # read as a table


def test_idle_names_are_listed_with_their_places(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "m.py"
    source.write_text("price = 1\nfound = 2\n", "utf-8")
    assert main(["--names", str(tmp_path)]) == 1
    assert capsys.readouterr().out.splitlines() == [f"{source}:2: found", "1 of 2 variables, 50.00 %: found 1"]
    source.write_text("price = 1\n", "utf-8")
    assert main(["--names", str(source)]) == 0
