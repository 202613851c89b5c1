"""The check of the built site: it finds each kind of broken link, and nothing else."""

from pathlib import Path

import pytest

from docs_site.site_links import problems


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<a href="other.html#part">x</a>', []),
        ('<a href="#here">x</a><p id="here">', []),
        ('<a href="https://example.com/">x</a>', []),
        ('<a href="sub/">x</a>', ["index.html: sub/: no such file"]),
        ('<a href="absent.html">x</a>', ["index.html: absent.html: no such file"]),
        ('<a href="other.html#nowhere">x</a>', ["index.html: other.html#nowhere: no such anchor"]),
        ('<a href="#nowhere">x</a>', ["index.html: #nowhere: no such anchor"]),
        ('<img src="absent.png">', ["index.html: absent.png: no such file"]),
        (
            '<script src="https://example.com/x.js"></script>',
            ["index.html: https://example.com/x.js: loaded from another host"],
        ),
        (
            '<link rel="stylesheet" href="//example.com/x.css">',
            ["index.html: //example.com/x.css: loaded from another host"],
        ),
    ],
)
def test_problems(tmp_path: Path, body: str, expected: list[str]) -> None:
    (tmp_path / "index.html").write_text(f"<html>{body}</html>")
    (tmp_path / "other.html").write_text('<h2 id="part">Part</h2>')
    assert problems(tmp_path) == expected
