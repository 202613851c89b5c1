"""A recording as one SVG file: a still picture, or frames at their recorded times. It needs no script and no font file."""

from __future__ import annotations

from html import escape
from typing import NamedTuple

COLUMNS = 118
CELL, ROW, MARGIN, BAR, SIZE = 8.4, 19, 16, 34, 14
HOLD = 5.0  # seconds that the last frame stays
FONT = "ui-monospace, 'SF Mono', 'DejaVu Sans Mono', 'Liberation Mono', monospace"
PAPER, INK = "#0f172a", "#e2e8f0"
COLOURS = {
    "default": INK,
    "black": "#475569",
    "red": "#f87171",
    "green": "#4ade80",
    "brown": "#fbbf24",
    "blue": "#60a5fa",
    "magenta": "#c084fc",
    "cyan": "#22d3ee",
    "white": "#f8fafc",
}


class Span(NamedTuple):
    """Characters of one style."""

    text: str
    colour: str  # a name of pyte, or six hexadecimal digits
    bold: bool


class ScreenFrame(NamedTuple):
    """What a screen shows from a time on, in seconds."""

    start: float
    rows: tuple[tuple[Span, ...], ...]


class Recording(NamedTuple):
    """The frames of a run."""

    frames: tuple[ScreenFrame, ...]
    code: int


def draw(recording: Recording, title: str) -> str:
    """Return the SVG text."""
    frames = recording.frames
    width = round(COLUMNS * CELL + 2 * MARGIN)
    height = BAR + MARGIN + ROW * max(len(frame.rows) for frame in frames) + 6
    moving = len(frames) > 3
    drawn_frames = frames if moving else frames[-1:]
    return "\n".join(
        [
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
                ' role="img" xml:space="preserve">'
            ),
            f"<title>{escape(title)}</title>",
            f"<style>text {{ font: {SIZE}px {FONT}; fill: {INK}; white-space: pre; }} .bold {{ font-weight: bold; }}",
            *(_timing(frames) if moving else []),
            "</style>",
            f'<rect width="{width}" height="{height}" rx="9" fill="{PAPER}"/>',
            *(
                f'<circle cx="{20 + 18 * place}" cy="17" r="5.5" fill="{colour}"/>'
                for place, colour in enumerate(("#ef4444", "#f59e0b", "#22c55e"))
            ),
            *(_group(number, frame, moving=moving) for number, frame in enumerate(drawn_frames)),
            "</svg>",
            "",
        ]
    )


def _timing(frames: tuple[ScreenFrame, ...]) -> list[str]:
    """Return the rules that show each frame in its time; readers who want no motion see the last one."""
    duration = frames[-1].start + HOLD
    rules = [f".frame {{ opacity: 0; animation-duration: {duration:.2f}s; animation-iteration-count: infinite; }}"]
    for number, frame in enumerate(frames):
        start = 100 * frame.start / duration
        end = 100 * frames[number + 1].start / duration if number + 1 < len(frames) else 100.0
        visible = f"{start:.3f}%, {max(end - 0.001, start):.3f}% {{ opacity: 1 }}"
        before = f"0%, {start - 0.001:.3f}% {{ opacity: 0 }} " if start else ""
        after = f" {end:.3f}%, 100% {{ opacity: 0 }}" if end < 100 else ""
        rules.append(f"@keyframes f{number} {{ {before}{visible}{after} }} .f{number} {{ animation-name: f{number}; }}")
    last = len(frames) - 1
    return [*rules, f"@media (prefers-reduced-motion) {{ .frame {{ animation: none; }} .f{last} {{ opacity: 1; }} }}"]


def _group(number: int, frame: ScreenFrame, *, moving: bool) -> str:
    lines = "".join(_line(row, BAR + MARGIN + ROW * place) for place, row in enumerate(frame.rows) if row)
    return f'<g class="frame f{number}">{lines}</g>' if moving else f"<g>{lines}</g>"


def _line(row: tuple[Span, ...], y: int) -> str:
    parts, column = [], 0
    for span in row:
        if span.text.strip():
            bold = ' class="bold"' if span.bold else ""
            x, length = MARGIN + CELL * column, CELL * len(span.text)
            parts.append(
                f'<text x="{x:.1f}" y="{y}" textLength="{length:.1f}"{bold} fill="{_colour(span)}" style="fill:{_colour(span)}">'
                f"{escape(span.text, quote=False)}</text>"
            )
        column += len(span.text)
    return "".join(parts)


def _colour(span: Span) -> str:
    name = span.colour.removeprefix("bright")
    return COLOURS.get(name, f"#{name}" if len(name) == 6 else INK)
