"""One live line while a job is under way, on a terminal; not a byte anywhere else."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Protocol

from krea_client.cli.text_layout import duration

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

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

    def show_bytes(self, received: int, size: int | None) -> None:
        """Show how much of a result has been saved; `size` is None where nobody knows."""
        ...


class _SilentLine:
    def show_state(self, state: str) -> None:
        pass

    def show_job(self, job: Job) -> None:
        pass

    def show_bytes(self, received: int, size: int | None) -> None:
        pass


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{count / 1e3:.0f} kB"


class _LiveLine:
    """Writes into the one task of a progress display."""

    def __init__(self, progress: Progress, subject: str) -> None:
        from rich.markup import escape

        self._progress, self._escape = progress, escape
        self._subject = escape(subject)
        self._task = progress.add_task(self._subject, total=None)

    def show_state(self, state: str) -> None:
        self._progress.update(self._task, description=f"{self._subject}  [bold]{self._escape(state)}[/bold]")

    def show_job(self, job: Job) -> None:
        state = f"[bold]{self._escape(job.status or 'waiting')}[/bold]"
        job_id = f"[dim]{self._escape(job.id)}[/dim]"
        self._progress.update(self._task, description=f"{self._subject}  {state}  {job_id}")

    def show_bytes(self, received: int, size: int | None) -> None:
        self.show_state(f"saving {_size(received)}{f' of {_size(size)}' if size else ''}")


@contextmanager
def line(subject: str, typical_seconds: float | None = None) -> Generator[ProgressLine, None, None]:
    """Show a live line for as long as the block lasts: a spinner, the time so far, the usual time, the subject, the state."""
    from rich.console import Console

    console = Console(stderr=True, highlight=False)
    # Not console.is_terminal: FORCE_COLOR, which is about colours, makes that true in a pipe.
    if sys.stderr is None or not sys.stderr.isatty() or console.is_dumb_terminal:  # pyright: ignore[reportUnnecessaryComparison]  # None: closed
        yield _SilentLine()
        return
    progress = _display(console, typical_seconds)
    live_line = _LiveLine(progress, subject)
    # A terminal that is closed meanwhile must not end the command.
    with suppress(OSError):
        progress.start()
    try:
        yield live_line
    finally:
        with suppress(OSError):
            progress.stop()


def _display(console: Console, typical_seconds: float | None) -> Progress:
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.table import Column

    usual = f"of usually {duration(typical_seconds)}" if typical_seconds and console.width >= WIDE_ENOUGH else ""
    # A narrow terminal cuts the end of the text, the job's id, which is said again where it is needed.
    fixed = 10 + (len(usual) + 1 if usual else 0)
    cut = Column(no_wrap=True, overflow="ellipsis", max_width=max(20, console.width - fixed))
    expectation = [TextColumn(usual, style="dim")] if usual else []
    text = TextColumn("{task.description}", table_column=cut)
    columns = (SpinnerColumn(finished_text=" "), TimeElapsedColumn(), *expectation, text)
    return Progress(*columns, console=console, transient=True)
