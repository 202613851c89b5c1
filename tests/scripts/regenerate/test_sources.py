import contextlib
import json
import random
from pathlib import Path
from typing import Any

import pytest
import yaml
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from regenerate.certain_yaml import Uncertain, certain_value
from regenerate.problems import GenerationFailed
from regenerate.sources import SourceFile, read_folder, shown

SPEC = Path(__file__).resolve().parents[3] / "spec"
# What makes versions of YAML disagree, or a text no YAML, if it stands in the wrong place.
ODD = (
    *" \n:-#,[]{}'\"\\|>&*!%@`?~=\t\u2028\x85",
    ": ",
    "- ",
    " #",
    "---\n",
    "<<: ",
    "yes",
    "on: 1",
    "0x1F",
    "1_0",
    "1e3",
    "0o7",
    "1:2",
)
ODD += ("2026-01-01", ".5", "+1", "Null", "1.", "a: 1\n", "!!str 1", "&a x", "*a", "? a")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("a:\n  ratio: 16:9\n", "f.yaml:2: a.ratio: YAML 1.1 readers see 969"),
        ("day: 2026-05-01\n", "f.yaml:1: day: 2026-05-01 is a date"),
        ("a: 1\nb: [x, yes]\n", "f.yaml:2: b[1]: YAML 1.1 readers see True"),
        ("on: 1\n", "f.yaml:1: the document: YAML 1.1 readers see the key 'on'"),
        ("200: ok\n", "f.yaml:1: the document: the key 200 is not a string"),
    ],
    ids=["ratio", "date", "yes", "on", "status"],
)
def test_what_readers_see_differently_must_be_quoted(text: str, complaint: str) -> None:
    with pytest.raises(GenerationFailed) as excinfo:
        _ = SourceFile("f.yaml", text).value
    assert str(excinfo.value).startswith(complaint)
    assert str(excinfo.value).endswith("quote it")


def test_quoted_text_is_taken_as_it_stands() -> None:
    assert SourceFile("f.yaml", 'a: ["16:9", "2026-05-01", "yes"]\n').value == {"a": ["16:9", "2026-05-01", "yes"]}


def test_text_that_is_no_yaml_is_refused_with_its_line() -> None:
    with pytest.raises(GenerationFailed, match=r"^f\.yaml:3: not YAML: "):
        _ = SourceFile("f.yaml", "a: 1\nb: {\nc: ]\n").value


def test_a_name_given_twice_is_refused() -> None:
    with pytest.raises(GenerationFailed, match=r"^f\.yaml:2: not YAML: .*duplicate key"):
        _ = SourceFile("f.yaml", "a: 1\na: 2\n").value


@pytest.mark.parametrize("text", ["day: 2026-13-45\n", "a: !!timestamp x\n", 'a: "\\q"\n', "a: *nobody\n", "\ta: 1\n"])
def test_text_that_one_reader_cannot_read_is_refused(text: str) -> None:
    with pytest.raises(GenerationFailed, match=r"^f\.yaml:1: "):
        _ = SourceFile("f.yaml", text).value


def test_a_file_must_hold_a_mapping() -> None:
    with pytest.raises(GenerationFailed, match="must hold a mapping, holds list"):
        _ = SourceFile("f.yaml", "- a\n").value


def test_an_address_has_a_line_and_a_missing_one_that_of_its_parent() -> None:
    source = SourceFile("f.yaml", "a:\n  b:\n    - x\n    - y: 1\n")
    assert source.at(("a", "b", 1, "y")) == "f.yaml:4"
    assert source.at(("a", "b", 1, "z", "zz")) == "f.yaml:4"
    assert source.at(()) == "f.yaml:1"


def test_addresses_read_like_code() -> None:
    assert shown(("paths", "/jobs/{id}", "get", "parameters", 0)) == "paths[/jobs/{id}].get.parameters[0]"


def readings(text: str) -> list[str] | None:
    """Return what a YAML 1.2 and a YAML 1.1 reader see in a text, each as JSON, or nothing if one of them complains."""
    try:
        return [
            json.dumps(value) for value in (YAML(typ="safe", pure=True).load(text), yaml.load(text, yaml.SafeLoader))
        ]
    except (YAMLError, yaml.YAMLError, ValueError, TypeError):  # TypeError: json has no dates
        return None


def test_the_files_of_the_specification_are_read_fast_and_as_every_reader_sees_them() -> None:
    for source in read_folder(SPEC).values():
        value = json.dumps(certain_value(source.text))
        if len(source.text) < 2000:  # the slow readers take seconds for all of them
            assert readings(source.text) == [value, value], source.name


def test_a_text_is_read_fast_only_if_all_readers_agree() -> None:
    texts = [source.text for source in read_folder(SPEC).values()]
    draw = random.Random(11)
    certain = 0
    for _ in range(500):
        lines = draw.choice(texts).splitlines(keepends=True)
        start = draw.randrange(len(lines))
        text = "".join(lines[start : start + draw.randrange(1, 6)])
        for _ in range(draw.randrange(4)):
            place = draw.randrange(len(text) + 1)
            text = text[:place] + draw.choice(ODD) + text[place + draw.randrange(3) :]
        with contextlib.suppress(Uncertain):
            value = json.dumps(certain_value(text))
            certain += 1
            assert readings(text) == [value, value], text
    assert certain > 50


@pytest.mark.parametrize("text", ["a: " + "[" * 100_000, "- " * 1000 + "a", "{a: " * 5000 + "1" + "}" * 5000])
def test_a_text_that_is_nested_too_deep_for_libyaml_does_not_reach_it(text: str) -> None:
    with pytest.raises(Uncertain, match="depth"):
        certain_value(text)


def test_every_form_that_json_has_is_read() -> None:
    value: Any = {"a": [1, -2.5, True, False, None, "x y", {"b": ""}], "3D": "yes"}
    assert certain_value("a: [1, -2.5, true, false, null, x y, {b: ''}]\n3D: 'yes'\n") == value
