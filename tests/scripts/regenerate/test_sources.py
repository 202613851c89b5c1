import pytest

from regenerate.problems import GenerationFailed
from regenerate.sources import SourceFile, shown


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
