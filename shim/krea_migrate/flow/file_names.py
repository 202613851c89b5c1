"""The files of a tree by the ends of their paths, as imports name them."""

from __future__ import annotations

import posixpath
import sys
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable


class FileNames:
    """Finds the nearest of n files in O(log n).

    Args:
        files: the paths of the files.
    """

    def __init__(self, files: Iterable[str]) -> None:
        self._named: dict[str, list[str]] = defaultdict(list)
        self._fitting: dict[str, dict[str, list[str]]] = defaultdict(dict)  # sorted, by the last name and the ending
        for file in files:
            self.add(file)

    def add(self, file: str) -> None:
        """Take a file in."""
        name = file.rpartition("/")[2]
        self._named[name].append(file)
        self._fitting.pop(name, None)

    def remove(self, file: str) -> None:
        """Leave a file out that cannot be read."""
        name = file.rpartition("/")[2]
        self._named[name].remove(file)
        self._fitting.pop(name, None)

    def nearest(self, ending: str, folder: str) -> str | None:
        """Return the file whose path ends so and has most in common with that of a folder; of several, the shortest path."""
        name = ending.rpartition("/")[2]
        if name not in self._named:
            return None
        known = self._fitting[name]
        if ending not in known:
            known[ending] = sorted(file for file in self._named[name] if file == ending or file.endswith("/" + ending))
        fitting = known[ending]
        at = bisect_left(fitting, folder)
        neighbours = fitting[max(at - 1, 0) : at + 1]
        shared = max((posixpath.commonprefix([file, folder]) for file in neighbours), key=len, default="")
        begin = bisect_left(fitting, shared)
        end = bisect_right(fitting, shared + chr(sys.maxunicode), begin)
        return min(fitting[begin:end], key=len, default=None)
