"""What .gitignore and `exclude` leave out, held against git itself."""

from __future__ import annotations

import subprocess
from pathlib import Path
from random import Random

import pytest

from krea_migrate import walk

FOLDERS = ("", "a/", "a/b/", "out/", "src/", "src/out/", "src/a/b/", "-x/", "ü/")
NAMES = (
    "one.py",
    "two.py",
    "gen_one.py",
    "keep_gen.py",
    "log.json",
    "#odd.py",
    "!odd.py",
    "in it.py",
    "[x].py",
    "A.md",
)
LINES = {
    "names": ("*.json", "two.py", "gen_*"),
    "nothing": ("", "# a remark", "   "),
    "the last line decides": ("*.py", "!keep_gen.py", "!src/one.py", "gen_one.py"),
    "anchored": ("/one.py", "src/two.py", "/out/", "a/b"),
    "folders only": ("out/", "one.py/"),
    "a folder that is out holds nothing that is in": ("out", "!out/one.py"),
    "a folder's files are out, some are in": ("out/*", "!out/one.py", "!/src/out/"),
    "stars": ("**/b/*.py", "a/**/log.json", "src/**", "!src/a/"),
    "signs": ("?ne.py", "[gk]e*.py", "[!A].md", "[[]x].py"),
    "escapes": ("\\#odd.py", "\\!odd.py", "in\\ it.py", "two.py   "),
    "names and paths in turn": ("one.py", "!src/one.py", "one.py", "!/a/one.py"),
    "a folder that comes back": ("/src/*", "!a", "out/*", "!two.py", "*.md", "!/src/a/"),
    "all that is below": ("src/**", "!src/a/", "!src/a/**/one.py"),
    "no sense": ("!", "/", "*.json", "[", "\\"),
    "other letters": ("ü/", "-x"),
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    subprocess.run(["git", "init", "--quiet"], check=True)
    for folder in FOLDERS:
        Path(folder or ".").mkdir(parents=True, exist_ok=True)
        for name in NAMES:
            Path(folder, name).touch()
    return tmp_path


def seen(path: str = ".", exclude: tuple[str, ...] = ()) -> set[str]:
    return set(walk.walk((path,), exclude).files)


def seen_by_git(folder: str = ".") -> set[str]:
    command = [
        "git",
        "-c",
        "core.excludesFile=",
        "ls-files",
        "--others",
        "--exclude-per-directory=.gitignore",
        "-z",
        folder,
    ]
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return {name for name in listed.split("\0") if name and not name.endswith(".gitignore")}


@pytest.mark.parametrize("lines", LINES.values(), ids=LINES)
def test_what_git_leaves_out_is_left_out(here: Path, lines: tuple[str, ...]) -> None:
    all_files = seen()
    assert len(all_files) == len(FOLDERS) * len(NAMES)
    (here / ".gitignore").write_text("\n".join(lines) + "\n", "utf-8")
    assert seen() == seen_by_git()
    assert (seen() == all_files) == (not any(line.strip("# amrek") for line in lines))


def test_the_nearest_file_decides(here: Path) -> None:
    (here / ".gitignore").write_text("one.py\nout/\n/src/two.py\n")
    (here / "src/.gitignore").write_text("!one.py\n/gen_*\n!two.py\n")
    (here / "src/a/.gitignore").write_text("*\n!b\n!*.py\n")
    assert seen() == seen_by_git()
    assert {"src/one.py", "src/two.py", "src/a/b/two.py"} < seen()


def test_the_folders_above_count_up_to_the_top_of_the_git_tree(here: Path) -> None:
    (here.parent / ".gitignore").write_text("two.py\n")
    (here / ".gitignore").write_text("one.py\n/src/a/b/keep_gen.py\nb/*.json\n")
    (here / "src/.gitignore").write_text("!a/b/one.py\n")
    assert seen("src/a/b") == seen_by_git("src/a/b")
    assert {"src/a/b/one.py", "src/a/b/two.py"} < seen("src/a/b")


def test_outside_of_a_git_tree_only_the_files_below_count(here: Path) -> None:
    (here / ".git").rename(here / "not-git")
    (here / ".gitignore").write_text("one.py\n")
    assert "src/one.py" not in seen()
    assert "src/one.py" in seen("src")


def test_exclude_reads_like_gitignore_and_nothing_brings_back_what_it_leaves_out(here: Path) -> None:
    (here / "src/.gitignore").write_text("!one.py\n!out\n")
    assert {"src/one.py", "src/out/two.py"} < seen()
    assert not {"src/one.py", "src/out/two.py"} & seen(exclude=("one.py", "src/out/"))
    assert "out/two.py" in seen(exclude=("one.py", "src/out/"))


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbfone.py\n*.md\n",
        b"one.py\r\n*.json\r\n",
        b"two.py \\ \nin\\ it.py   \nout/\\\n",
        b"[[:upper:]]*\n[[:digit:]]*\n",
        b"[[:nosuch:]]*\n[a-\\n]*.json\n[]x]*\n",
        b"a/**/\nsrc/**\n!src/out/\n",
        b"gen**/\nsrc**/two.py\na**\n",
        b"/**/b\n**/a/\n**\n!**/\n!*.py\n",
        b"?/\n[\xc3\xbc]*\n???.md\n",
        b"o[!a-m]e.py\nlog.jso[^x]\n",
        b"*_*.py\n!keep_*\n",
        b"one.py\t\n\x0ctwo.py\n",
    ],
)
def test_bytes_of_a_file_are_read_as_git_reads_them(here: Path, data: bytes) -> None:
    (here / ".gitignore").write_bytes(data)
    assert seen() == seen_by_git()


def test_patterns_that_nobody_wrote_are_read_as_git_reads_them(here: Path) -> None:
    random = Random(12)
    signs = [
        "*",
        "**",
        "?",
        "/",
        "[a-z]",
        "[!o]",
        "[[:alpha:]_]",
        "\\",
        "!",
        "one",
        ".py",
        "a",
        "b",
        "src",
        "out",
        "-",
        " ",
    ]
    for _ in range(40):
        lines = ["".join(random.choices(signs, k=random.randint(1, 6))) for _ in range(8)]
        (here / ".gitignore").write_text("\n".join(lines), "utf-8")
        assert seen() == seen_by_git(), lines


def test_the_exclude_file_of_the_repository_counts(here: Path) -> None:
    (here / ".git/info").mkdir(exist_ok=True)
    (here / ".git/info/exclude").write_text("one.py\n/src/\n")
    (here / ".gitignore").write_text("!/a/one.py\n")
    assert "one.py" not in seen()
    assert "a/one.py" in seen()
    assert not any(path.startswith("src/") for path in seen())
