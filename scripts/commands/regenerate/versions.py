"""The version number that follows from what changed, by docs/versioning.md."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

from regenerate.caller_impact import Change

_HEAD = re.compile(r"^## \[?(\d+\.\d+\.\d+)\]?(.*)$", re.MULTILINE)
_TYPED = re.compile(r"^__version__(?:: \w+)? = \"(\d+\.\d+\.\d+)\"", re.MULTILINE)
_STEPS = ("major", "minor", "patch")


def following(root: Path, changes: Sequence[Change]) -> str | None:
    """Return one line: which number the next release has at least, and why. None where the project says no number.

    A public name that goes is a major step; a field that comes, goes or is deprecated is a minor one, as the generated
    package follows the API; anything else is a patch. Before 1.0.0 nothing is more than a minor step.
    """
    if (current := _current(root)) is None:
        return None
    last = _last_release(root, current)
    if last is None:
        return f"{current}: it is the first release, and not out yet"
    step, why = _step(changes, last)
    return _following(current, last, step, why)


def following_step(root: Path, step: str, why: str) -> str | None:
    """Return one line: the number that a step leads to. None where the project says no number.

    Args:
        root: the project.
        step: "major", "minor" or "patch"; before 1.0.0 a major step is a minor one.
        why: the reason, in words.
    """
    if (current := _current(root)) is None:
        return None
    last = _last_release(root, current)
    step = "minor" if step == "major" and _parts(last or current)[0] == 0 else step
    if last is None:
        number = _raised(current, step)
        return f"{number} after {current}, which is the first release and not out yet: {step}, as {why}"
    return _following(current, last, step, why)


def _last_release(root: Path, current: str) -> str | None:
    """Return the last version that is out, as far as the changelog tells; None before the first one."""
    changelog = root / "CHANGELOG.md"
    heads = _HEAD.findall(changelog.read_text("utf-8")) if changelog.is_file() else []
    released = [number for number, suffix in heads if "unreleased" not in suffix.lower()]
    if heads and not released:
        return None
    return released[0] if released else current


def _following(current: str, last: str, step: str, why: str) -> str:
    number = _raised(last, step)
    if _parts(current) >= _parts(number):
        return f"{current}, which is not out yet, is enough: {step}, as {why}"
    return f"{number} follows {last}: {step}, as {why}"


def _current(root: Path) -> str | None:
    """Return the version of the project: in pyproject.toml, or in the module that hatch takes it from."""
    file = root / "pyproject.toml"
    settings = tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}
    if version := settings.get("project", {}).get("version"):
        return str(version)
    module = root / settings.get("tool", {}).get("hatch", {}).get("version", {}).get("path", "none.py")
    match = _TYPED.search(module.read_text("utf-8")) if module.is_file() else None
    return match[1] if match else None


def _step(changes: Sequence[Change], last: str) -> tuple[str, str]:
    if any(change.name for change in changes):
        return (
            ("minor", "a public name goes (before 1.0.0)") if _parts(last)[0] == 0 else ("major", "a public name goes")
        )
    for kind, why in (
        ("breaking", "the API changed a request under its callers"),
        ("addition", "something is new"),
        ("deprecation", "something is deprecated"),
    ):
        if any(change.kind == kind for change in changes):
            return "minor", why
    return "patch", "no caller notices"


def _raised(version: str, step: str) -> str:
    parts = _parts(version)
    at = _STEPS.index(step)
    return ".".join(map(str, [*parts[:at], parts[at] + 1, *([0] * (2 - at))]))


def _parts(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]
