"""The proof of scripts/adopt: models that came within a season leave a copy of spec/, and come back from a document as they were."""

import json
import shutil
import time
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from adopt.__main__ import DONE, main
from adopt.descriptions import unwritten
from krea_client.cli.document_diff.openapi_reader import statements
from krea_client.cli.document_diff.operation_facts import Facts, Statement
from prove_adoption.provider_shape import provider_shape
from prove_adoption.season import fill_in_words, newer_models, take_out
from regenerate import lint
from regenerate.bundle import Bundle, bundle
from regenerate.sources import read_folder

ROOT = Path(__file__).resolve().parents[3]
DAY = "2026-10-09"
DOCUMENT = json.loads((ROOT / "generated" / "openapi.json").read_text("utf-8"))


NEWER = newer_models(ROOT)


class Adopted(NamedTuple):
    """A project whose newer models were taken out and adopted, what its specification says then, and how long it took."""

    root: Path
    bundled: Bundle
    seconds: float


@pytest.fixture(scope="module")
def adopted(tmp_path_factory: pytest.TempPathFactory) -> Adopted:
    root = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "spec", root / "spec")
    take_out(root, NEWER)
    source = root / "document.json"
    source.write_text(json.dumps(provider_shape(DOCUMENT)), "utf-8")
    begin = time.perf_counter()
    assert main([str(source), "--captured", DAY], root) == DONE
    seconds = time.perf_counter() - begin
    return Adopted(root, bundle(read_folder(root / "spec")), seconds)


def facts(statement: Statement) -> dict[tuple[str, str], Any]:
    """Return every fact of a request: of each field its type, bounds, choices, default, and whether it is required; and the aliases."""
    expected: dict[tuple[str, str], Any] = {(alias.old, "alias"): alias for alias in statement.aliases or ()}
    for path, node in (statement.body or {}).items():
        expected[path, "field"] = True
        expected |= {(path, key): value for key, value in plain(node.facts).items()}
    return expected


def plain(facts: Facts) -> Facts:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in facts.items()}


def test_there_is_a_season_of_models_to_adopt(adopted: Adopted) -> None:
    assert len(NEWER) > 60


def test_the_adopted_models_say_what_the_specification_says(adopted: Adopted) -> None:
    after = {statement.path: facts(statement) for statement in statements(adopted.bundled.document)}
    before = {statement.path: facts(statement) for statement in statements(DOCUMENT)}
    expected = {(path, *key): value for path in NEWER for key, value in before[path].items()}
    adopted_values = {(path, *key): value for path in NEWER for key, value in after[path].items()}
    different = {key for key in expected | adopted_values if expected.get(key) != adopted_values.get(key)}
    assert len(expected) > 30 * len(NEWER)
    assert len(different) / len(expected) <= 0.005, sorted(different)


def test_it_takes_less_than_a_minute(adopted: Adopted) -> None:
    assert adopted.seconds < 60


def test_only_words_are_left_and_lint_names_each_of_them(adopted: Adopted) -> None:
    findings = lint.findings(adopted.bundled)
    assert {line.rpartition("[")[2].rstrip("]") for line in findings} == {"words_are_written"}
    assert len(findings) == unwritten(adopted.bundled.document)


def test_the_names_are_those_of_the_rule(adopted: Adopted) -> None:
    document = adopted.bundled.document
    for path in NEWER:
        own_operation, adopted_operation = DOCUMENT["paths"][path]["post"], document["paths"][path]["post"]
        assert adopted_operation["operationId"] == own_operation["operationId"]
        assert adopted_operation["tags"] == own_operation["tags"]
        assert adopted_operation["requestBody"]["content"].keys() == own_operation["requestBody"]["content"].keys()


def test_a_second_run_changes_nothing(adopted: Adopted, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.read_bytes() for path in (adopted.root / "spec").rglob("*.yaml")}
    assert main([str(adopted.root / "document.json"), "--captured", "2027-01-01"], adopted.root) == DONE
    assert {path: path.read_bytes() for path in (adopted.root / "spec").rglob("*.yaml")} == before
    assert "says all of this already" in capsys.readouterr().out


def test_with_words_in_their_place_the_specification_is_clean(adopted: Adopted) -> None:
    copy = adopted.root / "written"
    shutil.copytree(adopted.root / "spec", copy / "spec")
    fill_in_words(copy)
    assert lint.findings(bundle(read_folder(copy / "spec"))) == []
