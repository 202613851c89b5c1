"""No committed file names a folder of somebody's machine, a package registry's host, or a secret."""

import re
from pathlib import Path

import pytest

# Written in two halves, so that this file is not its own finding.
_FOLDERS = ["/wo" + "rk/", "/ro" + "ot/", "/tm" + "p/", "/ho" + "me/", "/Us" + "ers/", "/o" + "pt/", "C:\\" + "Users"]
_HOSTS = [
    "py" + "pi.org",
    "python" + "hosted.org",
    "npm" + "js.org",
    "npm" + "js.com",
    "yarn" + "pkg.com",
    "conda." + "anaconda.org",
]
FORBIDDEN = re.compile(
    "|".join(
        [
            r"(?<![\w.~$}>)-])(?:" + "|".join(map(re.escape, _FOLDERS)) + ")",  # not a part of a longer address
            *map(re.escape, _HOSTS),
            r"\bissues\s+show\s+\d",  # our tracker has no readers outside
            r"\bBearer\s+[A-Za-z0-9_-]{24,}",
            r"\bgh[pousr]_[A-Za-z0-9]{20,}",
        ]
    )
)


def private_details(text: str) -> list[str]:
    return [match.group() for match in FORBIDDEN.finditer(text)]


@pytest.mark.parametrize(
    "text",
    [f"cd {folder}x" for folder in _FOLDERS] + [f"https://{host}/simple" for host in _HOSTS] + ["Bearer " + "a1" * 16],
)
def test_a_private_detail_is_seen(text: str) -> None:
    assert len(private_details(text)) == 1


@pytest.mark.parametrize(
    "text", ["Bearer <token>", "https://docs.krea.ai/ho" + "me/x", "$HOME/.pyenv", "a framework/x"]
)
def test_ordinary_text_passes(text: str) -> None:
    assert private_details(text) == []


def test_no_committed_file_has_a_private_detail(root: Path, committed: list[Path]) -> None:
    details = []
    for path in committed:
        text = path.read_text("utf-8", errors="replace")
        details += [f"{path.relative_to(root)}: {detail}" for detail in private_details(text)]
    assert details == []
