"""Models as a notebook shows them: a table of several, or one with its fields and an example."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

# Notebooks align tables to the right; the colours are those of the page.
_CELL = 'style="text-align:left;vertical-align:top;padding:2px 10px 2px 0"'
_HEIGHT = 480  # pixels of a list; a longer one is scrolled
_CODE_WIDTH = 80  # characters from which on each argument of the example has its own line


def models_in_html(rows: Iterable[Mapping[str, str]]) -> str:
    """Return a table of models; each row tells the same, under names that head its columns."""
    listed = list(rows)
    if not listed:
        return "<div>no models</div>"
    cells = ([_code(row["model"]), *(escape(text) for name, text in row.items() if name != "model")] for row in listed)
    return f'<div style="max-height:{_HEIGHT}px;overflow:auto">{_table(list(listed[0]), cells)}</div>'


def model_in_html(
    row: Mapping[str, str], fields: Sequence[tuple[str, bool, str, Any, str]], example: Mapping[str, Any]
) -> str:
    """Return one model: what a table tells of it, its fields and an example call.

    Args:
        row: as for `models_in_html`.
        fields: name, whether it is required, type, default or None, and description of each.
        example: fields that the API accepts.
    """
    facts = [
        escape(text)
        for text in (row["kind"], row["price"], row["usual time"] and f"usually {row['usual time']}")
        if text
    ]
    cells = (
        [
            f"<b>{_code(name)}</b>" if required else _code(name),
            "required" if required else "" if default is None else f"default {_code(repr(default))}",
            escape(kind),
            escape(description),
        ]
        for name, required, kind, default, description in fields
    )
    call = escape(_call(row["model"], example))
    return (
        f'<div class="krea-model"><div><b>{escape(row["model"])}</b> &middot; {" &middot; ".join(facts)}</div>'
        f"<div>{escape(row['summary'])}</div>{_table(['field', '', 'type', 'description'], cells)}"
        f'<pre style="font-family:monospace">{call}</pre></div>'
    )


def _call(model: str, example: Mapping[str, Any]) -> str:
    arguments = [repr(model), *(f"{name}={value!r}" for name, value in example.items())]
    line = f"krea.run({', '.join(arguments)})"
    return line if len(line) <= _CODE_WIDTH else "krea.run(\n    " + ",\n    ".join(arguments) + ",\n)"


def _code(text: str) -> str:
    return f'<code style="white-space:nowrap">{escape(text)}</code>'


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    titles = "".join(f"<th {_CELL}>{escape(title)}</th>" for title in head)
    body = "".join(f"<tr>{''.join(f'<td {_CELL}>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{titles}</tr></thead><tbody>{body}</tbody></table>"
