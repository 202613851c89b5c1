"""One live line while a job is under way, on a terminal; not a byte anywhere else."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from krea_client.jobs import Job


class Line(Protocol):
    """Shows where things stand."""

    def say(self, state: str) -> None:
        """Shows this state from now on."""
        ...

    def look(self, job: Job) -> None:
        """Shows the job's state from now on."""
        ...


class _Quiet:
    def say(self, state: str) -> None:
        pass

    def look(self, job: Job) -> None:
        pass


@contextmanager
def line(model: str) -> Generator[Line, None, None]:
    """The live line, for as long as the block lasts: a spinner, the model, the state and the time so far."""
    from rich.console import Console

    console = Console(stderr=True, highlight=False)
    # Not console.is_terminal: FORCE_COLOR, which is about colours, makes that true in a pipe.
    if not sys.stderr.isatty() or console.is_dumb_terminal:
        yield _Quiet()
        return
    from rich.markup import escape
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.table import Column

    # A narrow terminal cuts the end of the text, the job's id, which is told again where it is needed. The rest takes 10 columns.
    cut = Column(no_wrap=True, overflow="ellipsis", max_width=max(20, console.width - 10))
    text = TextColumn("{task.description}", table_column=cut)
    columns = (SpinnerColumn(finished_text=" "), TimeElapsedColumn(), text)
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(escape(model), total=None)

        class Live:
            """Writes into the one task of the bar."""

            def say(self, state: str) -> None:
                bar.update(task, description=f"{escape(model)}  [bold]{escape(state)}[/bold]")

            def look(self, job: Job) -> None:
                bar.update(
                    task,
                    description=f"{escape(model)}  [bold]{escape(job.status or 'waiting')}[/bold]  [dim]{escape(job.id)}[/dim]",
                )

        yield Live()
