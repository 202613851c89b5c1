"""The picture of one request and one result: who hands what to whom, from `krea.run` to a file."""

from __future__ import annotations

from typing import NamedTuple

from . import svg
from .structure import Structure

LANES = [
    ("your program", "", ""),
    ("client", "client", "Krea"),
    ("_request", "_request", "pure functions"),
    ("_core", "_core", "generators"),
    ("_transport", "_transport", "driver, HTTP, files"),
    ("Krea's servers", "", ""),
]
PROGRAM, CLIENT, REQUEST, CORE, TRANSPORT, SERVER = range(len(LANES))


class Step(NamedTuple):
    """An arrow from one lane to another, or a note where both are the same."""

    source: int
    target: int
    label: str


STEPS: list[tuple[str, list[Step]]] = [
    (
        "krea.run(...)",
        [
            Step(PROGRAM, CLIENT, "model and fields, or a request object"),
            Step(CLIENT, REQUEST, "build the request"),
            Step(REQUEST, REQUEST, "translate deprecated names, validate, find local files"),
            Step(REQUEST, CLIENT, "PreparedRequest, or RequestInvalid"),
            Step(CLIENT, CORE, "start the operation"),
            Step(CORE, CORE, "upload files, reserve the price"),
            Step(CORE, TRANSPORT, "effect: POST, paid"),
            Step(TRANSPORT, SERVER, "HTTPS, signed"),
            Step(SERVER, TRANSPORT, "response"),
            Step(TRANSPORT, CORE, "status, headers, body"),
            Step(CORE, CORE, "retry, job, error or OutcomeUnknown"),
        ],
    ),
    (
        "wait until the job ends",
        [
            Step(CORE, TRANSPORT, "effect: sleep"),
            Step(CORE, TRANSPORT, "effect: GET the job"),
            Step(TRANSPORT, SERVER, "HTTPS, signed"),
            Step(SERVER, CORE, "status of the job"),
            Step(CORE, PROGRAM, "Job, or JobFailed, WaitTimeout, ..."),
        ],
    ),
    (
        "krea.save(job, path)",
        [
            Step(PROGRAM, CORE, "Job and path"),
            Step(CORE, TRANSPORT, "effect: download"),
            Step(TRANSPORT, SERVER, "HTTPS, without the token"),
            Step(SERVER, TRANSPORT, "bytes"),
            Step(TRANSPORT, TRANSPORT, "temporary file, check, rename"),
            Step(TRANSPORT, PROGRAM, "paths, or SaveFailed"),
        ],
    ),
]
LEFT, GAP, TOP, ROW = 92, 214, 118, 34
HEAD, SELF, TINT = "#dbeafe", "#f1f5f9", "#f8fafc"


def draw(structure: Structure) -> str:
    """Return the picture as SVG.

    Raises:
        ValueError: a lane stands for a package that does not exist.
    """
    if missing := [name for _, name, _ in LANES if name and f"krea_client.{name}" not in structure.modules]:
        raise ValueError(f"request_flow.py: krea_client has no {', '.join(missing)}")
    panels: list[str] = []
    arrows: list[str] = []
    row = 0.0  # in rows of the grid; 0.4 of one separates two sections
    for title, steps in STEPS:
        top = TOP + ROW * row
        panels.append(
            svg.box(12, top - 14, _x(len(LANES) - 1) + LEFT - 24, ROW * (len(steps) + 1) + 4, TINT, "#e4e7eb")
        )
        arrows += _label(20 + len(title) * 4, top + 6, title, bold=True)
        for offset, step in enumerate(steps, 1):
            arrows += _arrow(step, top + ROW * offset + 10)
        row += len(steps) + 1.4
    height = round(TOP + ROW * row + 10)
    lifelines = [
        svg.path(f"M{_x(lane)},{TOP - 40} V{height - 20}", arrow=False, colour="#cbd2d9") for lane in range(len(LANES))
    ]
    return svg.document(
        _x(len(LANES) - 1) + LEFT,
        height,
        "One request and one result, from krea.run to a file",
        [*panels, *lifelines, *_heads(), *arrows],
    )


def _x(lane: int) -> int:
    return LEFT + lane * GAP


def _heads() -> list[str]:
    shapes: list[str] = []
    for lane, (name, module, role) in enumerate(LANES):
        shapes.append(svg.box(_x(lane) - 72, 24, 144, 54, HEAD if module else svg.PAPER))
        shapes.append(svg.text(_x(lane), 47 if role else 56, name, size=13, mono=bool(module), weight="bold"))
        if role:
            shapes.append(svg.text(_x(lane), 66, role, size=11, fill=svg.MUTED))
    return shapes


def _arrow(step: Step, y: float) -> list[str]:
    start, end = _x(step.source), _x(step.target)
    if step.source == step.target:
        width = len(step.label) * 6.1 + 16
        return [svg.box(start - width / 2, y - 16, width, 22, SELF), svg.text(start, y - 1, step.label, size=11)]
    inset = 4 if end > start else -4
    return [
        svg.path(f"M{start + inset},{y:g} H{end - inset}", dashed=step.target < step.source),
        *_label((start + end) / 2, y - 6, step.label),
    ]


def _label(x: float, y: float, content: str, *, bold: bool = False) -> list[str]:
    width = len(content) * (7.8 if bold else 6.1) + 6
    return [
        f'<rect x="{x - width / 2:g}" y="{y - 12:g}" width="{width:g}" height="15" fill="{TINT}"/>',
        svg.text(x, y, content, size=12 if bold else 11, weight="bold" if bold else "normal"),
    ]
