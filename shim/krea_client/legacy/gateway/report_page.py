"""The report of a gateway as one HTML page without scripts: which program has to change which field."""

from __future__ import annotations

from html import escape

from krea_client.legacy.gateway.field_usage import UsageLog

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --soft: #8882; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } p { max-width: 46rem; }
.numbers { display: flex; gap: 1rem; flex-wrap: wrap; padding: 0; list-style: none; }
.numbers li { border: 1px solid var(--line); border-radius: .5rem; padding: .5rem 1rem; }
.numbers b { display: block; font-size: 1.5rem; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; padding: .4rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
th { background: var(--soft); } td.count { text-align: right; font-variant-numeric: tabular-nums; }
code { background: var(--soft); padding: .1rem .3rem; border-radius: .25rem; }
td.field { white-space: nowrap; }
.scroll { overflow-x: auto; }
"""
_HEADINGS = (
    "Program",
    "Operation",
    "In the body",
    "Change it to",
    "Refused since",
    "Uses",
    "What was done",
    "Last seen (UTC)",
)


def page(usage: UsageLog) -> str:
    """Return the page."""
    numbers = (
        ("calls to the API", usage.calls),
        ("accepted", usage.accepted),
        ("with deprecated fields", usage.with_deprecated_fields),
    )
    shown = "".join(f"<li><b>{count:,}</b>{escape(label)}</li>" for label, count in numbers)
    return (
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'><link rel=icon href='data:,'>"
        f"<title>krea-client gateway</title><style>{_STYLE}</style>"
        "<h1>Deprecated fields that passed this gateway</h1>"
        "<p>Each row is a field that a program still sends under a name which the API refuses. The gateway corrects it on the way; "
        "change it in the program, and the row stops counting. No token and no field value is kept here.</p>"
        f"<ul class=numbers>{shown}</ul>{_table(usage)}</html>"
    )


def _table(usage: UsageLog) -> str:
    rows = usage.rows()
    if not rows:
        return "<p>None so far.</p>"
    head = "".join(f"<th>{escape(heading)}" for heading in _HEADINGS)
    lines: list[str] = []
    for use, source, row in rows:
        new = f"<td class=field><code>{escape(use.new)}</code>" if use.new else f"<td>{escape(use.advice)}"
        lines.append(
            f"<tr><td>{escape(source.user_agent or 'no User-Agent')}<br>from {escape(source.address)}"
            f"<td class=field><code>{escape(use.operation)}</code><td class=field><code>{escape(use.old)}</code>{new}"
            f"<td class=field>{escape(use.date or 'unknown')}<td class=count>{row.count:,}<td>{escape(use.action)}"
            f"<td>{row.last:%Y-%m-%d %H:%M:%S}"
        )
    more = f"<p>{usage.uncounted:,} further uses were not kept apart.</p>" if usage.uncounted else ""
    return f"<div class=scroll><table><thead><tr>{head}<tbody>{''.join(lines)}</table></div>{more}"
