"""`krea-client spec diff`: what a document of the API says otherwise than the one this client is made from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import click

from krea_client.cli import error_reports
from krea_client.cli.document_diff.comparison import Verdict, verdicts
from krea_client.cli.document_diff.decided_differences import Known, undecided
from krea_client.cli.document_diff.openapi_reader import statements
from krea_client.cli.document_diff.operation_facts import Unreadable
from krea_client.sandbox.api_document import location

SAME, DIFFERS = 0, 1
_SECONDS = 60.0
_DECIDED = "decided_differences.json"


def carry_out(against: str, *, as_json: bool) -> int:
    """Prints the differences; gives the exit code: 0 same, 1 differs, 2 could not be read."""
    try:
        theirs = statements(_parsed(_fetched(against)))
    except Unreadable as error:
        where = " in " + "/".join(map(str, error.address)) if error.address else ""
        return error_reports.say(f"{against}: {error.message}{where}", error_reports.USAGE)
    shipped = location()
    ours = json.loads(shipped.read_bytes())
    found = undecided(verdicts(theirs, statements(ours), whole=True), "document", _decided(shipped))
    different = [verdict for verdict in found if verdict.differences]
    version = str(ours["info"]["version"])
    click.echo(_as_json(against, version, different) if as_json else _as_text(against, version, different))
    return DIFFERS if different else SAME


def _decided(shipped: Path) -> list[Known]:
    """What was looked at and kept when this version was made."""
    for folder in (shipped.parent, shipped.parent / "krea_api"):
        if (file := folder / _DECIDED).is_file():
            return [Known.of(row) for row in json.loads(file.read_bytes())]
    return []


def _fetched(against: str) -> str:
    if not against.startswith(("http://", "https://")):
        try:
            return Path(against).read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise Unreadable(f"cannot be read: {error}") from error
    import httpx

    try:
        # The document is public: no token goes along.
        answer = httpx.get(against, follow_redirects=True, timeout=_SECONDS).raise_for_status()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Unreadable(f"cannot be fetched: {error}") from error
    return answer.text


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        if text.lstrip()[:1] == "{":
            raise Unreadable(f"this is not JSON: {error}") from error
        return _no_json(error)


def _no_json(error: ValueError) -> NoReturn:
    raise Unreadable(
        "this is not JSON; a document in YAML can be turned into it by any YAML program, and a reference page is "
        "compared by scripts/docs-diff in a checkout of krea-client"
    ) from error


def _as_text(against: str, version: str, different: Sequence[Verdict]) -> str:
    if not different:
        return f"{against}: the same as the document of {version} in this client"
    lines = [
        f"  {verdict.name}: {difference.text}" if difference.about else f"  {difference.text}"
        for verdict in different
        for difference in verdict.differences
    ]
    count = sum(len(verdict.differences) for verdict in different)
    head = f"{against}: {count} difference{'s' if count > 1 else ''} from the document of {version} in this client"
    return "\n".join([head, *lines])


def _as_json(against: str, version: str, different: Sequence[Verdict]) -> str:
    shown = {
        "against": against,
        "version": version,
        "same": not different,
        "differences": [
            {"operation": verdict.name, "kind": it.kind, "field": it.about, "says": it.says, "text": it.text}
            for verdict in different
            for it in verdict.differences
        ],
    }
    return json.dumps(shown, indent=2, ensure_ascii=False)
