"""Watches the stock templates that ours stand in for: when one changes, somebody has to look at ours."""

from __future__ import annotations

import hashlib
import json
from importlib.util import find_spec
from pathlib import Path

from .problems import GenerationFailed

RECORD = "shadows.json"


def verify(templates: Path) -> None:
    """Raise GenerationFailed when a stock template is not the one that ours was written against."""
    record: dict[str, str] = json.loads((templates / RECORD).read_text("utf-8"))
    now = fingerprints(templates)
    problems = [
        f"{name}: recorded in {RECORD}, but we own no such template; run with --accept"
        for name in sorted(record.keys() - now)
    ]
    for name, digest in now.items():
        if name not in record:
            problems.append(f"{name}: stands in for a stock template that {RECORD} does not record; run with --accept")
        elif record[name] != digest:
            problems.append(f"{name}: the stock template has changed; compare, mend ours, then run with --accept")
    if problems:
        raise GenerationFailed(f"spec/templates/{problem}" for problem in problems)


def accept(templates: Path) -> None:
    """Record the stock templates of the installed generator as the ones that ours were compared with."""
    (templates / RECORD).write_text(json.dumps(fingerprints(templates), indent=1) + "\n", "utf-8")


def fingerprints(templates: Path) -> dict[str, str]:
    """Return each template that we own and the generator has too, with the sha256 of the generator's."""
    package = find_spec("openapi_python_client")
    if package is None or package.origin is None:
        raise GenerationFailed(["openapi-python-client is not installed; scripts/_env dev installs it"])
    stock = Path(package.origin).parent / "templates"
    own_templates = sorted(path.relative_to(templates).as_posix() for path in templates.rglob("*.jinja"))
    return {
        name: hashlib.sha256((stock / name).read_bytes()).hexdigest()
        for name in own_templates
        if (stock / name).is_file()
    }
