"""A job as a notebook shows it: its state, and its results in the browser's own viewers."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import urlsplit

_PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif", ".svg")
_FILMS = (".mp4", ".webm", ".mov")
_SOUNDS = (".mp3", ".wav", ".ogg", ".m4a", ".flac")
_WIDTH = 320  # pixels of one result
_COLOURS = {"completed": "#15803d", "failed": "#b91c1c", "cancelled": "#6b7280"}
_RUNNING = "#b45309"


def job_in_html(job_id: str, status: str, *, seconds: float | None, error: str, urls: Sequence[str]) -> str:
    """Return a job as HTML: only addresses of the web are followed, and all text is escaped.

    Args:
        job_id: the job's id.
        status: its state.
        seconds: how long it took, or None.
        error: why it failed, or "".
        urls: addresses of its results.
    """
    facts = [
        f'<b style="color:{_COLOURS.get(status, _RUNNING)}">{escape(status)}</b>',
        f"<code>{escape(job_id)}</code>",
    ]
    facts += [] if seconds is None else [f"{seconds:.1f} s"]
    facts += [escape(error)] if error else []
    results = "".join(map(_result, urls))
    return f'<div class="krea-job"><div>{" &middot; ".join(facts)}</div><div>{results}</div></div>'


def _result(url: str) -> str:
    address = escape(url, quote=True)
    try:
        scheme, _, path, _, _ = urlsplit(url)
    except ValueError:  # no address at all
        scheme, path = "", ""
    if scheme not in ("http", "https"):
        return f"<code>{address}</code>"
    style = f'style="max-width:{_WIDTH}px;max-height:{_WIDTH}px;margin:4px"'
    kind = path.lower()
    if kind.endswith(_PICTURES):
        return f'<a href="{address}" target="_blank"><img src="{address}" loading="lazy" alt="result" {style}></a>'
    if kind.endswith(_FILMS):
        return f'<video src="{address}" controls preload="metadata" {style}></video>'
    if kind.endswith(_SOUNDS):
        return f'<audio src="{address}" controls preload="metadata"></audio>'
    return f'<a href="{address}" target="_blank">{escape(path.rpartition("/")[2] or url)}</a>'
