"""The pictures of docs/architecture.md: up to date, and refused when they would show something wrong."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from architecture import layers, request_flow
from architecture.__main__ import FOLDER, pictures
from architecture.structure import Structure, read, reduced

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def structure() -> Structure:
    return read(ROOT)


def test_the_committed_pictures_are_up_to_date() -> None:
    stale = [name for name, text in pictures().items() if (FOLDER / name).read_text("utf-8") != text]
    assert stale == [], "run scripts/architecture"


def test_the_page_shows_every_picture() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    assert [name for name in pictures() if f"](images/{name})" not in page] == []


def test_a_picture_has_a_box_for_every_part(structure: Structure) -> None:
    tree = ET.fromstring(layers.draw(structure))
    labels = {element.text for element in tree.iter("{http://www.w3.org/2000/svg}text")}
    assert {name for layer in structure.layers for name in layer} <= labels


def test_a_description_without_a_part_is_an_error(structure: Structure) -> None:
    shrunk = [[name for name in layer if name != "_clock"] for layer in structure.layers]
    with pytest.raises(ValueError, match="no such parts: _clock"):
        layers.draw(structure._replace(layers=shrunk))


def test_an_import_of_a_higher_layer_is_an_error(structure: Structure) -> None:
    with pytest.raises(ValueError, match="higher layer"):
        layers.draw(structure._replace(edges=structure.edges | {("_spec", "_core")}))


def test_a_lane_that_is_no_package_is_an_error(structure: Structure) -> None:
    without = structure.modules - {"krea_client._transport"}
    with pytest.raises(ValueError, match="_transport"):
        request_flow.draw(structure._replace(modules=without))


@pytest.mark.parametrize(
    ("edges", "remaining"),
    [
        ({("a", "b"), ("b", "c"), ("a", "c")}, [("a", "b"), ("b", "c")]),
        ({("a", "b"), ("b", "c"), ("c", "d"), ("a", "d")}, [("a", "b"), ("b", "c"), ("c", "d")]),
        ({("a", "b"), ("a", "c")}, [("a", "b"), ("a", "c")]),
        (set(), []),
    ],
)
def test_an_edge_that_a_longer_path_replaces_is_left_out(
    edges: set[tuple[str, str]], remaining: list[tuple[str, str]]
) -> None:
    assert reduced(edges) == remaining
