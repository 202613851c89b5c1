"""Recordings drawn as SVG, and the committed pictures of docs/gallery.md."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from gallery.scenes import SCENES
from gallery.terminal_picture import COLUMNS, Recording, ScreenFrame, Span, draw

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "docs" / "images" / "gallery"
SVG = "{http://www.w3.org/2000/svg}"


def frame(start: float, *lines: str) -> ScreenFrame:
    return ScreenFrame(start, tuple((Span(line, "green", bold=True),) for line in lines))


def texts(picture: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(picture).iter(f"{SVG}text")]


def test_a_short_run_is_a_still_picture_of_its_last_frame() -> None:
    picture = draw(Recording((frame(0, "$ a"), frame(1, "$ a", 'x < "y" & z')), 0), "A <title>")
    assert texts(picture) == ["$ a", 'x < "y" & z']
    assert "@keyframes" not in picture


def test_a_longer_run_shows_each_frame_in_its_time() -> None:
    picture = draw(Recording(tuple(frame(0.5 * number, f"frame {number}") for number in range(5)), 0), "Five frames")
    assert texts(picture) == [f"frame {number}" for number in range(5)]
    assert "animation-duration: 7.00s" in picture  # two seconds, and five for the last frame
    ends = [float(end) for end in re.findall(r"(\d+\.\d+)%, 100% \{ opacity: 0 \}", picture)]
    assert ends == pytest.approx([100 * 0.5 * number / 7 for number in range(1, 5)], abs=0.01)


def test_readers_who_want_no_motion_see_the_end() -> None:
    picture = draw(Recording(tuple(frame(number, str(number)) for number in range(5)), 0), "Five frames")
    assert re.search(r"prefers-reduced-motion\) \{ \.frame \{ animation: none; \} \.f4 \{ opacity: 1; \}", picture)


def test_every_scene_has_its_committed_picture_and_no_other() -> None:
    assert {path.stem for path in FOLDER.glob("*.svg")} == {scene.name for scene in SCENES}
    page = (ROOT / "docs" / "gallery.md").read_text("utf-8")
    assert {path.name for path in FOLDER.iterdir() if f"images/gallery/{path.name}" not in page} == set()


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_a_committed_picture_loads_nothing_and_shows_its_command(scene: object) -> None:
    assert isinstance(scene, type(SCENES[0]))
    text = (FOLDER / f"{scene.name}.svg").read_text("utf-8")
    texts_of_picture = texts(text)
    assert not re.search(r"(?:href|src|url\()", text)
    assert "".join(scene.command.splitlines()[0]) in "".join(texts_of_picture)
    assert max(len(line) for line in texts_of_picture) <= COLUMNS
