"""How far a batch is: one live line on a terminal, JSON lines anywhere else."""

from __future__ import annotations

import json
import math
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from krea_client.cli import console

if TYPE_CHECKING:
    from krea_client.bulk.progress_figures import BulkProgress

Show = Callable[["BulkProgress"], None]
EVERY = 10.0  # seconds between two JSON lines


def time_span(seconds: float) -> str:
    """Return a number of seconds in words, such as "2 h 09 min"."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60:02} min"


def rounded_up(usd: float) -> str:
    """Return an upper bound of a price with two decimals."""
    return f"{math.ceil(round(usd * 1_000_000) / 10_000) / 100:,.2f}"


def as_json(progress: BulkProgress) -> dict[str, Any]:
    """Return the figures for other programs."""
    left = progress.seconds_left
    return {
        "done": progress.done,
        "running": progress.running,
        "left": progress.left,
        "failed": progress.failed,
        "unknown": progress.unknown,
        "usd": round(progress.spent, 6),
        "per_second": round(progress.rate, 3),
        "seconds_left": None if left is None else round(left),
    }


def as_text(progress: BulkProgress) -> str:
    """Return the figures on one line."""
    parts = [f"{progress.done:,} done", f"{progress.running:,} running"]
    if progress.left is not None:
        parts.append(f"{progress.left:,} left")
    if progress.failed:
        parts.append(f"{progress.failed:,} failed")
    if progress.unknown:
        parts.append(f"{progress.unknown:,} unknown")
    parts += [f"{progress.spent:,.2f} USD", f"{progress.rate:.1f}/s"]
    if progress.seconds_left is not None:
        parts.append(f"{time_span(progress.seconds_left)} to go")
    return "  ".join(parts)


@contextmanager
def shown() -> Generator[Show]:
    """Show the figures for as long as the block lasts; yield the function that takes them."""
    if sys.stderr is None or not sys.stderr.isatty():  # pyright: ignore[reportUnnecessaryComparison]  # None: closed
        yield _json_lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn
    from rich.table import Column

    terminal = Console(stderr=True, highlight=False)
    cut = Column(no_wrap=True, overflow="ellipsis", max_width=max(20, terminal.width - 36))
    columns = (
        SpinnerColumn(finished_text=" "),
        TimeElapsedColumn(),
        BarColumn(bar_width=10),
        TaskProgressColumn(),
        TextColumn("{task.description}", table_column=cut),
    )
    line = Progress(*columns, console=terminal, transient=True)
    task = line.add_task("", total=None)

    def show(progress: BulkProgress) -> None:
        ended = progress.done + progress.failed + progress.unknown
        line.update(task, description=as_text(progress), total=progress.total, completed=ended)

    # A terminal that is closed meanwhile must not end the command.
    with suppress(OSError):
        line.start()
    try:
        yield show
    finally:
        with suppress(OSError):
            line.stop()


def _json_lines() -> Show:
    last: list[float] = []

    def show(progress: BulkProgress) -> None:
        now = time.monotonic()
        if not last or now - last[0] >= EVERY:
            last[:] = [now]
            console.message(json.dumps(as_json(progress)))

    return show
