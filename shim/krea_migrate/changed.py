"""The files that differ from a revision, as git sees them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence

from krea_migrate.report import BadSettings, Report


def keep_changed(report: Report, paths: Sequence[str], revision: str) -> None:
    """Leave only the findings in files that were changed or added since a revision, staged or not.

    Args:
        report: of whole trees, since a changed file may send what an unchanged one holds.
        paths: the files and folders that were checked.
        revision: with which the working tree is compared, from where the two parted.

    Raises:
        BadSettings: git could not say.
    """
    if revision.startswith("-"):
        raise BadSettings(f"{revision!r} is no revision; name a branch, a tag or a commit")
    changed: set[str] = set()
    for top in {_top_of(path) for path in paths}:
        base = _git(top, "merge-base", revision, "HEAD").decode().strip()
        listed = _git(top, "diff", "--name-only", "--diff-filter=d", "-z", base, "--")
        listed += _git(top, "ls-files", "--others", "--exclude-standard", "-z")
        changed |= {os.path.realpath(os.path.join(top, os.fsdecode(name))) for name in listed.split(b"\0") if name}
    of_changed = [finding for finding in report.findings if os.path.realpath(finding.file) in changed]
    report.keep(of_changed, "in files that did not change")
    report.problems = {
        path: why
        for path, why in report.problems.items()
        if os.path.realpath(path) in changed or not os.path.lexists(path)
    }


def _top_of(path: str) -> str:
    folder = path if os.path.isdir(path) else os.path.dirname(path) or "."
    return os.fsdecode(_git(folder, "rev-parse", "--show-toplevel")).rstrip("\n")


def _git(folder: str, *words: str) -> bytes:
    try:
        command = ["git", "-C", folder, *words]
        result = subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL)  # noqa: S603  # no shell; words of our own and a revision that is no option
    except OSError as error:
        raise BadSettings(f"git cannot be run: {error.strerror}; install it, or leave out --changed") from None
    if result.returncode:
        why = next(iter(result.stderr.decode("utf-8", "replace").strip().splitlines()), "git failed")
        raise BadSettings(f"{folder}: {why}; leave out --changed, or name another revision")
    return result.stdout
