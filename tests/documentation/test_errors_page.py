"""docs/errors.md speaks of every error there is: each class in the order of the tree, each status where the client puts it."""

import re

from krea_client import errors
from krea_client._core import responses

from .pages import FENCE, ROOT, blocks

PAGE = ROOT / "docs" / "errors.md"
TEXT = PAGE.read_text("utf-8")
SECTION = re.compile(r"^### `(\w+)`\n(.*?)(?=^#+ |\Z)", re.MULTILINE | re.DOTALL)
# Parents that are there to be caught; they share the page's last section.
UNRAISED = {"AnswerError", "AboutJob"}


def classes() -> list[str]:
    values = [value for value in vars(errors).values() if isinstance(value, type)]
    return [
        kind.__name__ for kind in values if issubclass(kind, errors.KreaError) and kind.__module__ == errors.__name__
    ]


def test_every_class_has_its_section_with_cause_remedy_and_example() -> None:
    sections = dict(SECTION.findall(TEXT))
    assert set(sections) == set(classes()) - UNRAISED
    for name, text in sections.items():
        assert re.search(r"^Cause: |^The root. Cause: ", text, re.MULTILINE), name
        assert re.search(r"^Remedy: ", text, re.MULTILINE), name
        assert re.search(rf"except .*\b{name}\b", text), name
    assert all(f"`{name}`" in FENCE.sub("", TEXT) for name in UNRAISED)


def test_every_example_shows_its_output() -> None:
    assert [block.line for block in blocks(PAGE, "python")[1:] if not block.output] == []


def test_the_tree_names_every_class() -> None:
    tree = blocks(PAGE, "text")[0].text
    assert set(re.findall(r"\b[A-Z][a-z]+[A-Za-z]*\b", tree)) >= set(classes()) - UNRAISED


def test_the_table_of_statuses_is_that_of_the_client() -> None:
    rows = re.findall(r"^\| ([\d, ]+) \| `(\w+)` \|$", TEXT, re.MULTILINE)
    documented = {int(status): name for statuses, name in rows for status in statuses.split(",")}
    assert documented == {status: kind.__name__ for status, kind in responses._BY_STATUS.items()}
