"""A job as a notebook shows it: its state, and its results in the browser's own viewers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import urlsplit

_PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif", ".svg")
_FILMS = (".mp4", ".webm", ".mov")
_SOUNDS = (".mp3", ".wav", ".ogg", ".m4a", ".flac")
_WIDTH = 320  # pixels of one result
_LONGEST_PROMPT = 160  # characters that are shown
_COLOURS = {"completed": "#15803d", "failed": "#b91c1c", "cancelled": "#6b7280"}
_RUNNING = "#b45309"
# Only colours that are readable on a light and on a dark page: white on these, and the page's own for everything else.
_BADGE = "color:#fff;border-radius:8px;padding:1px 8px"
_BOX = f"max-width:{_WIDTH}px;max-height:{_WIDTH}px;border-radius:4px"
_ROW = "display:flex;flex-wrap:wrap;gap:8px;align-items:flex-start;margin-top:6px"
_FILE = "border:1px solid currentColor;border-radius:4px;padding:6px 10px;text-decoration:none"


def job_in_html(facts: Mapping[str, str], error: str, urls: Sequence[str], *, prompt: str = "") -> str:
    """Return a job as HTML: only addresses of the web are followed, and all text is escaped.

    Args:
        facts: what the first line tells, such as status, model and id; what is empty is left out.
        error: why it failed, or "".
        urls: addresses of its results.
        prompt: what was asked for, or "".
    """
    line = [_fact(name, value) for name, value in facts.items() if value]
    parts = [f"<div>{' &middot; '.join(line)}</div>"]
    if prompt:
        shown = prompt if len(prompt) <= _LONGEST_PROMPT else f"{prompt[:_LONGEST_PROMPT]}..."
        parts.append(f"<div><i>{escape(shown)}</i></div>")
    if error:
        parts.append(f'<div style="white-space:pre-wrap">{escape(error)}</div>')
    if urls:
        parts.append(f'<div style="{_ROW}">{"".join(map(_result, urls))}</div>')
    return f'<div class="krea-job">{"".join(parts)}</div>'


def _fact(name: str, value: str) -> str:
    if name == "status":
        return f'<b style="background:{_COLOURS.get(value, _RUNNING)};{_BADGE}">{escape(value)}</b>'
    return f"<code>{escape(value)}</code>" if name == "id" else escape(value)


def _result(url: str) -> str:
    address = escape(url, quote=True)
    try:
        scheme, _, path, _, _ = urlsplit(url)
    except ValueError:  # no address at all
        scheme, path = "", ""
    if scheme not in ("http", "https"):
        return f"<code>{address}</code>"
    kind = path.lower()
    name = escape(path.rpartition("/")[2] or url)
    if kind.endswith(_PICTURES):
        return (
            f'<a href="{address}" target="_blank"><img src="{address}" loading="lazy" alt="{name}" style="{_BOX}"></a>'
        )
    if kind.endswith(_FILMS):
        return f'<video src="{address}" controls preload="metadata" style="{_BOX}"></video>'
    if kind.endswith(_SOUNDS):
        return f'<audio src="{address}" controls preload="metadata"></audio>'
    return f'<a href="{address}" target="_blank" style="{_FILE}">{name}</a>'
