"""What .gitignore files, and `exclude` in pyproject.toml, leave out."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple


class _Line(NamedTuple):
    number: int
    pattern: re.Pattern[str]
    leaves_out: bool
    folders: bool  # it speaks of folders only

    def fits(self, path: str) -> bool:
        """The line names this very path, and not a folder above: whether to go into that was decided there."""
        bare = path.rstrip("/")
        found = self.pattern.search(path if self.folders else bare)
        # Pathspec names the slash behind a folder: a group that matched before the end of the path.
        return found is not None and (found.lastgroup is None or found.end() == len(bare) + self.folders)


class Ignored:
    """The lines of one file, read from the folder that it stands in. The last one that fits decides, as in git.

    Pathspec turns a line into an expression. It is not asked to decide, since it decides on files: it leaves out a folder that `*`
    takes and `!folder` gives back. A line without a slash looks at names only, and a large tree has few different ones: what such
    lines say of a name is kept.
    """

    def __init__(self, lines: Iterable[str], base: str = "", below: str = "") -> None:
        """Takes the lines, the folder they stand in as seen from the walk's top, or the way from theirs down to it."""
        self._base, self._below = base, below
        read = [(line, _read(number, line)) for number, line in enumerate(lines)]
        backwards = [(line, one) for line, one in reversed(read) if one is not None]
        self._names = [one for line, one in backwards if "/" not in line.rstrip().rstrip("/")]
        self._paths = [one for line, one in backwards if "/" in line.rstrip().rstrip("/")]
        self._told: dict[str, _Line | None] = {}

    def __bool__(self) -> bool:
        return bool(self._names or self._paths)

    def says(self, path: str) -> bool | None:
        """True: left out; False: kept in spite of another line; None: nothing. A folder's path ends with a slash."""
        name = path[path.rfind("/", 0, -1) + 1 :]
        if name not in self._told:
            self._told[name] = next((line for line in self._names if line.fits(name)), None)
        last = self._told[name]
        whole = self._below + path[len(self._base) :]
        for line in self._paths:
            if last is not None and line.number < last.number:
                break
            if line.fits(whole):
                last = line
                break
        return None if last is None else last.leaves_out


def _read(number: int, line: str) -> _Line | None:
    # Imported where lines are read: most trees of files that somebody names have none.
    from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # of re, for a bracket in brackets
            expression, leaves_out = GitIgnoreSpecPattern.pattern_to_regex(line)
            if expression is None or leaves_out is None:  # a remark, or an empty line
                return None
            return _Line(number, re.compile(expression), leaves_out, line.rstrip().endswith("/"))
    except (ValueError, re.error):  # a line that means nothing is passed over, as git does
        return None


def is_ignored(path: str, rules: Sequence[Ignored], left_out: Ignored | None) -> bool:
    """Tells whether a path is left out: by `exclude`, or by the nearest .gitignore that says anything of it."""
    if left_out is not None and left_out.says(path):
        return True
    for rule in reversed(rules):
        if (verdict := rule.says(path)) is not None:
            return verdict
    return False


def above(top: str) -> list[Ignored]:
    """The .gitignore files of the folders above, down from the top of the git tree; none outside of one."""
    folder, found, below = Path(top).resolve(), list[Ignored](), ""
    while not (folder / ".git").exists():
        if folder.parent == folder:
            return []
        below = f"{folder.name}/{below}"
        folder = folder.parent
        if (rules := read_from(folder / ".gitignore", below=below)) is not None:
            found.insert(0, rules)
    return found


def read_from(file: Path, base: str = "", below: str = "") -> Ignored | None:
    """The lines of a .gitignore; None where there is none that says anything."""
    try:
        return Ignored(file.read_text("utf-8", errors="replace").splitlines(), base, below) or None
    except OSError:
        return None
