"""Reads every Python file of a folder as `krea-client check` reads those that speak of Krea, and prints what came of it as JSON.

A program of its own, for each Python that is to do it: python every_file.py FOLDER
"""

from __future__ import annotations

import json
import platform
import sys
from pathlib import Path

from krea_migrate.reading import Reading
from krea_migrate.report import Report
from krea_migrate.source import Source, Undecodable


def main(folder: Path) -> dict[str, object]:
    """Return the version, how many files, which needed tokens, and which could not be read, with the reason."""
    files = sorted(map(str, folder.rglob("*.py")))
    unread: dict[str, str] = {}
    by_tokens = 0
    for path in files:
        report = Report()
        try:
            source = Source(path, Path(path).read_bytes())
            reader = Reading(report, frozenset())
            list(reader._modules(source, "python"))  # noqa: SLF001  # a check would follow the values too, which is no reading
        except Undecodable as error:
            unread[path] = str(error)
        except Exception as error:  # noqa: BLE001  # whatever ends a check is a file that was not read
            unread[path] = repr(error)
        unread |= report.problems
        by_tokens += len(report.notes)
    return {"version": platform.python_version(), "files": len(files), "by_tokens": by_tokens, "unread": unread}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
