"""The few SVG shapes that the pictures need. Colours are set here; text is escaped here."""

from __future__ import annotations

from html import escape

FONT = "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif"
MONO = "ui-monospace, 'SF Mono', 'DejaVu Sans Mono', monospace"
PAPER, INK, MUTED, LINE = "#ffffff", "#1f2933", "#5b6776", "#9aa5b1"


def document(width: int, height: int, title: str, shapes: list[str]) -> str:
    """Return a whole SVG document on a light background, readable on light and dark pages."""
    return "\n".join(
        [
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img"'
                f' font-family="{FONT}">'
            ),
            f"<title>{escape(title)}</title>",
            "<!-- Drawn by scripts/architecture; edits are lost at its next run. -->",
            (
                '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse">'
                f'<path d="M0,0 L8,4 L0,8 z" fill="{MUTED}"/></marker></defs>'
            ),
            f'<rect width="{width}" height="{height}" rx="8" fill="{PAPER}"/>',
            *shapes,
            "</svg>",
            "",
        ]
    )


def box(x: float, y: float, width: float, height: float, fill: str, stroke: str = LINE) -> str:
    """Return a rectangle with rounded corners."""
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="6" fill="{fill}" stroke="{stroke}"/>'


def text(
    x: float,
    y: float,
    content: str,
    *,
    size: int = 12,
    fill: str = INK,
    anchor: str = "middle",
    mono: bool = False,
    weight: str = "normal",
) -> str:
    """Return a line of text whose baseline is at y."""
    family = f' font-family="{MONO}"' if mono else ""
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size}" fill="{fill}" text-anchor="{anchor}" font-weight="{weight}"{family}>'
        f"{escape(content)}</text>"
    )


def path(data: str, *, arrow: bool = True, dashed: bool = False, colour: str = MUTED) -> str:
    """Return an open line along SVG path data."""
    end = ' marker-end="url(#arrow)"' if arrow else ""
    dashes = ' stroke-dasharray="5 4"' if dashed else ""
    return f'<path d="{data}" fill="none" stroke="{colour}" stroke-width="1.2"{dashes}{end}/>'
