"""The proof of scripts/adopt: models that came within a season leave a copy of spec/, and come back from a document as they were."""

import contextlib
import io
import json
import shutil
import time
from pathlib import Path
from typing import NamedTuple

import pytest

from adopt.__main__ import DONE, QUESTIONS, main
from adopt.descriptions import unwritten
from prove_adoption.facts import agreement
from prove_adoption.provider_shape import provider_shape
from prove_adoption.season import add_facts_of_pages, fill_in_words, newer_models, take_out
from regenerate import lint
from regenerate.bundle import Bundle, bundle
from regenerate.sources import read_folder

ROOT = Path(__file__).resolve().parents[3]
DAY = "2026-10-09"
DOCUMENT = json.loads((ROOT / "generated" / "openapi.json").read_text("utf-8"))


NEWER = newer_models(ROOT)


class Adopted(NamedTuple):
    """A project whose newer models were taken out and adopted, what its specification says then, what was asked, and how long it took."""

    root: Path
    bundled: Bundle
    questions: list[str]
    seconds: float


@pytest.fixture(scope="module")
def adopted(tmp_path_factory: pytest.TempPathFactory) -> Adopted:
    root = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "spec", root / "spec")
    take_out(root, NEWER)
    source = root / "document.json"
    source.write_text(json.dumps(provider_shape(DOCUMENT)), "utf-8")
    begin = time.perf_counter()
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        assert main([str(source), "--captured", DAY], root) in (DONE, QUESTIONS)
    seconds = time.perf_counter() - begin
    questions = [line for line in output.getvalue().splitlines() if line.startswith("to decide: ")]
    return Adopted(root, bundle(read_folder(root / "spec")), questions, seconds)


def test_there_is_a_season_of_models_to_adopt(adopted: Adopted) -> None:
    assert len(NEWER) > 60


def test_the_adopted_models_say_what_the_specification_says_and_the_rest_is_asked(adopted: Adopted) -> None:
    total, different = agreement(DOCUMENT, adopted.bundled.document, NEWER)
    assert total > 30 * len(NEWER)
    assert len(different) / total <= 0.005, different
    assert len(adopted.questions) == len(different)
    for (path, field, keyword), question in zip(different, adopted.questions, strict=True):
        assert question.startswith(f"to decide: POST {path}: {field}: ")
        assert keyword in question


def test_with_the_facts_of_pages_nothing_is_missing(adopted: Adopted) -> None:
    copy = adopted.root / "with_pages"
    shutil.copytree(adopted.root / "spec", copy / "spec")
    add_facts_of_pages(copy, DOCUMENT, NEWER)
    everything = agreement(DOCUMENT, bundle(read_folder(copy / "spec")).document, NEWER, skipped=())
    assert everything.different == ()


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
