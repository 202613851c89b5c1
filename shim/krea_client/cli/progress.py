"""One live line while a job is under way, on a terminal; not a byte anywhere else."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Protocol

from krea_client.cli.text_layout import duration

if TYPE_CHECKING:
    from krea_client.jobs import Job


WIDE_ENOUGH = 60  # columns from which on the usual time is shown


class ProgressLine(Protocol):
    """Shows the present state."""

    def show_state(self, state: str) -> None:
        """Show this state from now on."""
        ...

    def show_job(self, job: Job) -> None:
        """Show the job's state from now on."""
        ...


class _SilentLine:
    def show_state(self, state: str) -> None:
        pass

    def show_job(self, job: Job) -> None:
        pass


@contextmanager
def line(subject: str, typical_seconds: float | None = None) -> Generator[ProgressLine, None, None]:
    """Show a live line for as long as the block lasts: a spinner, the time so far, the usual time, the subject, the state."""
    from rich.console import Console

    console = Console(stderr=True, highlight=False)
    # Not console.is_terminal: FORCE_COLOR, which is about colours, makes that true in a pipe.
    if sys.stderr is None or not sys.stderr.isatty() or console.is_dumb_terminal:  # pyright: ignore[reportUnnecessaryComparison]  # None: closed
        yield _SilentLine()
        return
    from rich.markup import escape
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.table import Column

    usual = f"of usually {duration(typical_seconds)}" if typical_seconds and console.width >= WIDE_ENOUGH else ""
    # A narrow terminal cuts the end of the text, the job's id, which is said again where it is needed.
    fixed = 10 + (len(usual) + 1 if usual else 0)
    cut = Column(no_wrap=True, overflow="ellipsis", max_width=max(20, console.width - fixed))
    text = TextColumn("{task.description}", table_column=cut)
    expectation = [TextColumn(escape(usual), style="dim")] if usual else []
    progress = Progress(
        SpinnerColumn(finished_text=" "), TimeElapsedColumn(), *expectation, text, console=console, transient=True
    )
    task = progress.add_task(escape(subject), total=None)

    class LiveLine:
        """Writes into the one task of the progress display."""

        def show_state(self, state: str) -> None:
            progress.update(task, description=f"{escape(subject)}  [bold]{escape(state)}[/bold]")

        def show_job(self, job: Job) -> None:
            state = f"[bold]{escape(job.status or 'waiting')}[/bold]"
            progress.update(task, description=f"{escape(subject)}  {state}  [dim]{escape(job.id)}[/dim]")

    # A terminal that is closed meanwhile must not end the command.
    with suppress(OSError):
        progress.start()
    try:
        yield LiveLine()
    finally:
        with suppress(OSError):
            progress.stop()
