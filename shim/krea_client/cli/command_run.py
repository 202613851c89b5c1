"""What every command that deals with a job has in common: where its result goes, and how its failures are told."""

from __future__ import annotations

import json
import os
import warnings
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from krea_client._request.deprecation_warnings import KreaDeprecationWarning
from krea_client.cli import error_reports
from krea_client.cli.inputs import BadInput, Place
from krea_client.cli.signals import INTERRUPTED, LastWords
from krea_client.errors import AboutJob, KreaError, SaveFailed

if TYPE_CHECKING:
    from krea_client.cli.progress import Line
    from krea_client.client import Krea
    from krea_client.jobs import Job


@dataclass(frozen=True)
class Delivery:
    """Where a result goes: a file or folder, or only its addresses; `as_json` prints the whole job.

    `deadline` is how many seconds it may take to come; None leaves that to the library.
    """

    output: str | None = None
    overwrite: bool = False
    as_json: bool = False
    deadline: float | None = None

    def refuse_what_cannot_be_written(self) -> None:
        """Looks at the target before anything is paid for.

        Raises:
            BadInput: it is there already, or cannot be made.
        """
        if self.output is None:
            return
        target = Path(self.output)
        if target.is_file() and not self.overwrite:
            raise BadInput(f"-o {target} is already there: choose another name, or give --overwrite")
        folder = target if self.output.endswith(("/", os.sep)) else target.parent
        while not folder.exists():
            folder = folder.parent
        if not (folder.is_dir() and os.access(folder, os.W_OK)):
            raise BadInput(f"-o {target} cannot be written: {folder} is not a folder that you may write to")


class Errand:
    """One job on its way. It remembers how far it came, so that what goes wrong is told with its place and its job.

    Attributes:
        delivery: where the result goes.
        practice: a sandbox inside this program answers, and ends with it.
        places: by field of the request, where it was given.
        job: the job as it was last seen, once there is one.
    """

    def __init__(self, delivery: Delivery, *, practice: bool = False) -> None:
        self.delivery = delivery
        self.practice = practice
        self.places: dict[str, Place] = {}
        self.job: Job | None = None
        self._told: set[tuple[str | None, str | None]] = set()
        self._began = datetime.now(UTC)

    def keep(self, job: Job) -> Job:
        """Remembers the job as it is now, and gives it back."""
        self.job = job
        if not self.practice:
            LastWords.text = f"krea-client: left at once; job {job.id} may go on at Krea\n"
        return job

    def run(self, work: Callable[[], None]) -> int:
        """Does the work; whatever goes wrong becomes one message on standard error. Gives the exit code."""
        try:
            with self._warnings():
                work()
        except BadInput as wrong:
            return error_reports.say(str(wrong), error_reports.USAGE)
        except KreaDeprecationWarning as refused:  # Python was told to treat warnings as errors
            return self._refused(refused)
        except KeyboardInterrupt as stop:
            return self._interrupted(stop)
        except BrokenPipeError:
            raise
        except (KreaError, OSError) as error:
            return self._failed(error)
        return 0

    def bring_home(self, krea: Krea, job: Job, line: Line) -> Sequence[Path]:
        """Waits for the job and saves its results; gives the files."""
        line.look(job)
        done = self.keep(krea.wait(job, deadline=self.delivery.deadline, on_update=line.look))
        if self.delivery.output is None:
            return []
        line.say("saving")
        return krea.save(done, self.delivery.output, overwrite=self.delivery.overwrite)

    def print_result(self, files: Sequence[Path] = ()) -> None:
        """Writes the result to standard output: the files, else the addresses of the results, or the job as JSON."""
        if self.job is None:
            return
        if self.delivery.as_json:
            click.echo(
                json.dumps({**self.job.raw, "files": [str(path) for path in files]}, indent=2, ensure_ascii=False)
            )
        else:
            click.echo("\n".join([*map(str, files)] or self.job.urls))

    @contextmanager
    def _warnings(self) -> Generator[None, None, None]:
        with warnings.catch_warnings():
            warnings.showwarning = self._show_warning
            yield

    def _show_warning(
        self, message: Warning | str, category: type[Warning], filename: str, lineno: int, *_: object, **__: object
    ) -> None:
        if isinstance(message, KreaDeprecationWarning):
            about = (message.operation, message.old)
            if about in self._told:  # under "passthrough" the client meets the old name a second time
                return
            self._told.add(about)
        place = f"{filename}:{lineno}" if lineno else filename
        click.echo(f"{place}: {category.__name__}: {message}", err=True)

    def _refused(self, warning: KreaDeprecationWarning) -> int:
        place = self.places.get(warning.old or "")
        text = error_reports.with_notes(warning)
        return error_reports.say(
            f"{place}: {text}" if place else text, error_reports.FAILED if warning.job else error_reports.USAGE
        )

    def _interrupted(self, stop: KeyboardInterrupt) -> int:
        if self.job is None:
            # What is said after the colon is for programs.
            told = [note.partition(": krea.")[0] for note in error_reports.notes_of(stop)]
            looking = [f"what it may be: {error_reports.looking_for_lost_jobs('orphans', self._began)}"] if told else []
            return error_reports.say("\n  ".join(["interrupted", *told, *looking]), INTERRUPTED)
        cancelled = [note for note in error_reports.notes_of(stop) if "cancelled" in note]
        told = cancelled or [error_reports.how_to_go_on(self.job)]
        if self.practice:
            told = [f"job {self.job.id} ended with its sandbox"]
        return error_reports.say("\n  ".join(["interrupted", *told]), INTERRUPTED)

    def _failed(self, error: KreaError | OSError) -> int:
        if isinstance(error, AboutJob):
            self.job = error.job
            if self.delivery.as_json:
                self.print_result()
        code = error_reports.report(error, self.places)
        if isinstance(error, (SaveFailed, OSError)) and self.job and self.job.urls:
            click.echo("\n  ".join(["The results of the job are at:", *self.job.urls]), err=True)
        return code
