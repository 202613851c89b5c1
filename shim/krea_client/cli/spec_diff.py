"""The work of `krea-client spec diff`: how a document of the API differs from the one this client is made from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from krea_client import _generated
from krea_client.cli import console, error_reports, exit_codes
from krea_client.cli.document_diff.comparison import OperationDiff, document_verdict, verdicts
from krea_client.cli.document_diff.decided_differences import Known, undecided
from krea_client.cli.document_diff.grouping import grouped
from krea_client.cli.document_diff.openapi_reader import document_statement, statements
from krea_client.cli.document_diff.operation_facts import Unreadable
from krea_client.sandbox.api_document import shipped

EQUAL, DIFFERS = 0, 1
_TIMEOUT = 60.0
_DECIDED = "decided_differences.json"


def run_diff(against: str, *, as_json: bool) -> int:
    """Print the differences and return the exit code: 0 same, 1 differs, 2 could not be read."""
    try:
        document = _parsed(_fetched(against))
        source = statements(document)
        if source and all(statement.is_unread for statement in source):
            raise source[0].unclear[0]
    except Unreadable as error:
        where = " in " + "/".join(map(str, error.address)) if error.address else ""
        return error_reports.say(f"{against}: {error.message}{where}", exit_codes.USAGE)
    reference = json.loads(shipped())
    compared = [
        document_verdict(document_statement(document), document_statement(reference)),
        *verdicts(source, statements(reference), whole=True),
    ]
    open_verdicts = undecided(compared, "document", _decided())
    different = [verdict for verdict in open_verdicts if verdict.differences]
    version = str(reference["info"]["version"])
    console.result(_as_json(against, version, different) if as_json else _as_text(against, version, different))
    return DIFFERS if different else EQUAL


def _decided() -> list[Known]:
    """Return the differences that were looked at and kept when this version was made."""
    try:
        rows = json.loads(_generated.data(_DECIDED))
    except FileNotFoundError:
        return []
    return [Known.of(row) for row in rows]


def _fetched(against: str) -> str:
    if not against.startswith(("http://", "https://")):
        try:
            return Path(against).read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise Unreadable(f"cannot be read: {error}") from error
    from krea_client._transport.http_library import httpx

    try:
        # The document is public: no token goes along.
        response = httpx.get(against, follow_redirects=True, timeout=_TIMEOUT).raise_for_status()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Unreadable(f"cannot be fetched: {error}") from error
    return response.text


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        if text.lstrip()[:1] == "{":
            raise Unreadable(f"this is not JSON: {error}") from error
        return _not_json(error)


def _not_json(error: ValueError) -> NoReturn:
    raise Unreadable(
        "this is not JSON; a document in YAML can be turned into it by any YAML program, and a reference page is "
        "compared by scripts/docs-diff in a checkout of krea-client"
    ) from error


def _as_text(against: str, version: str, different: Sequence[OperationDiff]) -> str:
    if not different:
        return f"{against}: the same as the document of {version} in this client"
    groups, single = grouped(different)
    lines = [
        *(f"  {group}" for group in groups),
        *(
            f"  {verdict.name}: {difference.text}" if difference.about else f"  {difference.text}"
            for verdict in single
            for difference in verdict.differences
        ),
    ]
    count = sum(len(verdict.differences) for verdict in different)
    head = f"{against}: {count} difference{'s' if count > 1 else ''} from the document of {version} in this client"
    return "\n".join([head, *lines])


def _as_json(against: str, version: str, different: Sequence[OperationDiff]) -> str:
    content = {
        "against": against,
        "version": version,
        "same": not different,
        "differences": [
            {"operation": verdict.name, "kind": item.kind, "field": item.about, "says": item.says, "text": item.text}
            for verdict in different
            for item in verdict.differences
        ],
    }
    return json.dumps(content, indent=2, ensure_ascii=False)
