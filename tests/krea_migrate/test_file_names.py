"""An import finds the file that is nearest to the one that imports, among any number of the same name."""

from __future__ import annotations

from time import process_time

import pytest

from krea_migrate.flow.file_names import FileNames

from .looking import URL, report

FILES = ["send.py", "a/send.py", "a/b/send.py", "a/b/c/d/send.py", "ab/send.py", "b/lib/send.py", "b/other.py"]


@pytest.mark.parametrize(
    ("ending", "folder", "nearest"),
    [
        ("send.py", "a/b/", "a/b/send.py"),
        ("send.py", "a/b/c/", "a/b/c/d/send.py"),
        ("send.py", "ab/", "ab/send.py"),
        ("send.py", "z/", "send.py"),
        ("lib/send.py", "a/b/", "b/lib/send.py"),
        ("lib/other.py", "b/", None),
        ("none.py", "b/", None),
    ],
)
def test_the_nearest_file(ending: str, folder: str, nearest: str | None) -> None:
    assert FileNames(FILES).nearest(ending, folder) == nearest


def test_a_file_that_cannot_be_read_is_left_out() -> None:
    names = FileNames(FILES)
    assert names.nearest("send.py", "ab/") == "ab/send.py"
    names.remove("ab/send.py")
    assert names.nearest("send.py", "ab/") == "a/send.py"
    names.add("ab/send.py")
    assert names.nearest("send.py", "ab/") == "ab/send.py"


def test_equal_projects_cost_as_much_as_there_are() -> None:
    """Each finds its own file, and eight times as many cost less than sixteen times as much."""
    seconds = []
    for count in (40, 320):
        files = {}
        for number in range(count):
            files[f"p{number}/send__py"] = (
                f'import requests\n\ndef send(body):\n    requests.post("{URL}", json=body)\n'
            )
            files[f"p{number}/main__py"] = 'from send import send\n\nsend({"prompt": "a fox", "aspectRatio": "1:1"})\n'
        start = process_time()
        rows = report(**files).findings
        seconds.append(process_time() - start)
        assert {(row.file, row.certainty) for row in rows} == {(f"p{n}/main.py", "certain") for n in range(count)}
    assert seconds[1] < 16 * seconds[0] + 0.5
