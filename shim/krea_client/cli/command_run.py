"""The frame of every command: where results go, which jobs were paid for, and how failures become messages and exit codes."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import warnings
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from krea_client._request.deprecation_warnings import KreaDeprecationWarning
from krea_client.cli import console, error_reports, exit_codes, paid_jobs, signals
from krea_client.cli.extras import ExtraMissing
from krea_client.cli.inputs import BadInput, InputLocation
from krea_client.errors import AboutJob, KreaError, OutcomeUnknown, SaveFailed

if TYPE_CHECKING:
    from krea_client.cli.progress import ProgressLine
    from krea_client.client import Krea
    from krea_client.events import Hooks, RequestEvent, ResponseEvent
    from krea_client.jobs import Job

STDOUT = "-"  # what -o takes for standard output


@dataclass(frozen=True)
class OutputOptions:
    """Where a result goes: a file, a folder, standard output, or nowhere (only its address is printed).

    Attributes:
        target: the value of -o.
        overwrite: an existing file may be replaced.
        as_json: the whole job is printed as JSON.
        deadline: how many seconds it may take to come; None leaves that to the library.
    """

    target: str | None = None
    overwrite: bool = False
    as_json: bool = False
    deadline: float | None = None

    @property
    def to_stdout(self) -> bool:
        """Whether the result itself goes to standard output."""
        return self.target == STDOUT

    def check(self) -> None:
        """Look at the target before anything is paid for.

        Raises:
            BadInput: it exists, or cannot be written.
            OutputFailed: standard output is closed.
        """
        console.refuse_closed()
        if self.to_stdout:
            self._check_stdout()
        elif self.target is not None:
            self._check_path(self.target)

    def _check_stdout(self) -> None:
        if self.as_json:
            raise BadInput("-o -: standard output takes the result or the JSON of --json, not both; leave one out")
        if sys.stdout.isatty():
            raise BadInput("-o -: the result is no text for a terminal; write it to a file, or pipe it to a program")

    def _check_path(self, name: str) -> None:
        target = Path(name)
        if target.is_file() and not self.overwrite:
            raise BadInput(f"-o {target} is already there: choose another name, or give --overwrite")
        folder = target if name.endswith(("/", os.sep)) else target.parent
        while not folder.exists():
            folder = folder.parent
        if not (folder.is_dir() and os.access(folder, os.W_OK)):
            raise BadInput(f"-o {target} cannot be written: {folder} is not a folder that you may write to")


class CommandRun:
    """One run of a command. It knows which jobs were paid for, so that none is lost by a failure, a signal or a full disk.

    Attributes:
        options: where the result goes.
        practice: a sandbox inside this program answers, and ends with it.
        locations: by field of the request, where on the command line or in a file it was given.
        job: the job as it was last seen, once there is one.
    """

    def __init__(self, options: OutputOptions, *, practice: bool = False, has_sandbox_option: bool = True) -> None:
        self.options = options
        self.practice = practice
        self._has_sandbox_option = has_sandbox_option
        self.locations: dict[str, InputLocation] = {}
        self.job: Job | None = None
        self._paid: dict[str, Job] = {}
        self._request: Path | None = None
        self._warned: set[tuple[str | None, str | None]] = set()
        self._started_at = datetime.now(UTC)

    @contextmanager
    def submitting(self, subject: str) -> Generator[None]:
        """Record, for as long as the block lasts, that a paid request is under way; where its outcome is unknown, keep the record."""
        self._request = None if self.practice else paid_jobs.begin(subject, _base_url())
        try:
            yield
        except (OutcomeUnknown, KeyboardInterrupt):
            raise
        except BaseException:
            paid_jobs.settle(self._request)
            raise
        paid_jobs.settle(self._request)

    def paid(self, job: Job, subject: str) -> Job:
        """Record a job that has just been submitted, and return it."""
        self._paid[job.id] = job
        if not self.practice:
            paid_jobs.record(job.id, subject, _base_url(), self._request)
        return self.update(job)

    def cancel_if_interrupted(self, krea: Krea, job: Job) -> None:
        """Cancel a job that has just been submitted where a signal was held back meanwhile, and raise EndedBySignal then."""
        from krea_client._core.polling import CANCEL_TIMEOUT

        try:
            signals.HeldSignal.is_holding = False
            signals.HeldSignal.raise_if_any()
        except signals.EndedBySignal as stop:
            try:
                krea.jobs.cancel(job, timeout=CANCEL_TIMEOUT)
            except KreaError as error:
                stop.add_note(f"krea-client: job {job.id} could not be cancelled and may go on at Krea: {error}")
            else:
                stop.add_note(f"krea-client: job {job.id} was cancelled at Krea")
            raise

    def update(self, job: Job) -> Job:
        """Remember the job as it is now, and return it."""
        self.job = job
        if job.id in self._paid:
            self._paid[job.id] = job
        if not self.practice:
            pending = ", ".join(self._paid) or job.id
            noun = "jobs" if len(self._paid) > 1 else "job"
            signals.EmergencyNotice.text = f"krea-client: left at once; {noun} {pending} may go on at Krea\n"
        return job

    def delivered(self) -> None:
        """Forget the jobs: their results were printed or saved, or it was said that there are none."""
        for job_id in [*self._paid, *([self.job.id] if self.job else [])]:
            paid_jobs.discard(job_id)
        self._paid.clear()
        signals.EmergencyNotice.text = ""

    def run(self, work: Callable[[], None], *, keeps_records: bool = False) -> int:
        """Do the work and return the exit code; whatever goes wrong becomes one message on standard error.

        With `keeps_records`, a success hands no result over, so the records of paid jobs stay.
        """
        try:
            with self._warnings():
                work()
            if not keeps_records:
                self.delivered()
        except (BadInput, ExtraMissing) as problem:
            return error_reports.say(str(problem), exit_codes.USAGE)
        except KreaDeprecationWarning as warning:  # Python was told to treat warnings as errors
            return self._refused(warning)
        except KeyboardInterrupt as stop:
            return self._interrupted(stop)
        except console.OutputFailed as error:
            return self._undelivered(error)
        except (KreaError, OSError) as error:
            return self._failed(error)
        except Exception:  # a defect of this program; Python shows it
            for job in self._paid.values() if not self.practice else ():
                console.message(f"krea-client: {error_reports.how_to_go_on(job)}")
            raise
        return 0

    def wait_and_save(self, krea: Krea, job: Job, line: ProgressLine) -> Sequence[Path]:
        """Wait for the job and save its results; return the files."""
        line.show_job(job)
        finished = self.update(krea.wait(job, deadline=self.options.deadline, on_update=line.show_job))
        return self.save(krea, finished, line)

    def save(self, krea: Krea, finished: Job, line: ProgressLine) -> Sequence[Path]:
        """Save the results of a finished job where the options say; return the files."""
        if self.options.target is None:
            return []
        line.show_state("saving")
        if not self.options.to_stdout:
            target, overwrite = self.options.target, self.options.overwrite
            return krea.save(finished, target, overwrite=overwrite, on_progress=line.show_bytes)
        with tempfile.TemporaryDirectory(prefix="krea-client-") as folder:
            files = krea.save(finished, f"{folder}{os.sep}", on_progress=line.show_bytes)
            if len(files) != 1:
                raise console.OutputFailed(f"standard output takes one result, and there are {len(files)}")
            console.result(files[0].read_bytes(), newline=False)
        return []

    def print_result(self, files: Sequence[Path] = ()) -> None:
        """Write the result to standard output: the files, else the addresses of the results, or the job as JSON."""
        if self.job is None or self.options.to_stdout:
            return
        if self.options.as_json:
            content = {**self.job.raw, "files": [str(path) for path in files]}
            console.result(json.dumps(content, indent=2, ensure_ascii=False))
        else:
            console.result("\n".join([*map(str, files)] or self.job.urls))

    @contextmanager
    def _warnings(self) -> Generator[None, None, None]:
        with warnings.catch_warnings():
            warnings.showwarning = self._show_warning
            yield

    def _show_warning(
        self, message: Warning | str, category: type[Warning], filename: str, lineno: int, *_: object, **__: object
    ) -> None:
        if isinstance(message, KreaDeprecationWarning):
            subject = (message.operation, message.old)
            if subject in self._warned:  # under "passthrough" the client meets the deprecated name a second time
                return
            self._warned.add(subject)
        location = f"{filename}:{lineno}" if lineno else filename
        console.message(f"{location}: {category.__name__}: {message}")

    def _refused(self, warning: KreaDeprecationWarning) -> int:
        location = self.locations.get(warning.old or "")
        text = error_reports.with_notes(warning)
        code = exit_codes.FAILED if warning.job else exit_codes.USAGE
        return error_reports.say(f"{location}: {text}" if location else text, code)

    def _interrupted(self, stop: KeyboardInterrupt) -> int:
        lines = [signals.describe(stop), *self._after_interrupt(stop)]
        code = error_reports.say("\n  ".join(lines), signals.exit_code(stop))
        if self.practice:
            signals.EmergencyNotice.text = ""
        return code

    def _after_interrupt(self, stop: KeyboardInterrupt) -> Iterable[str]:
        notes = error_reports.notes_of(stop)
        if self.job is None:
            # What a note says after the colon is for programs.
            texts = [note.partition(": krea.")[0] for note in notes]
            search = error_reports.looking_for_lost_jobs("orphans", self._started_at)
            return [*texts, *([f"what it may be: {search}"] if texts else [])]
        jobs = list(self._paid.values()) or [self.job]
        if self.practice:
            return [f"job {job.id} ended with its sandbox" for job in jobs]
        cancelled = [note for note in notes if "cancelled" in note]
        return cancelled or [error_reports.how_to_go_on(job) for job in jobs]

    def _failed(self, error: KreaError | OSError) -> int:
        if isinstance(error, AboutJob):
            self.job = error.job
        code = error_reports.report(error, self.locations, has_sandbox_option=self._has_sandbox_option)
        if isinstance(error, AboutJob) and self.options.as_json:
            try:
                self.print_result()
            except console.OutputFailed as write_error:
                console.message(f"krea-client: {write_error}")
        if isinstance(error, (SaveFailed, OSError)) and self.job and self.job.urls:
            console.message("\n  ".join(["The results of the job are at:", *self.job.urls]))
        elif isinstance(error, AboutJob) and error.job.finished:
            self.delivered()  # it failed or was cancelled, and that was said
        return code

    def _undelivered(self, error: console.OutputFailed) -> int:
        """Say on standard error what standard output did not take, and return the exit code."""
        reader_gone = isinstance(error, console.ReaderGone)
        code = exit_codes.READER_GONE if reader_gone else exit_codes.FAILED
        jobs = {**self._paid, **({self.job.id: self.job} if self.job else {})}
        if self.practice or not jobs:
            # `krea-client jobs list | head -1` is no failure that anybody wants to read about.
            return code if reader_gone else error_reports.say(str(error), code)
        lines = [str(error)]
        for job in jobs.values():
            lines += (
                [f"job {job.id}:", *(f"  {url}" for url in job.urls)] if job.urls else [error_reports.how_to_go_on(job)]
            )
        return error_reports.say("\n  ".join(lines), code)


def holding_signals() -> Hooks:
    """Return hooks by which a signal waits for the answer to a paid request, and lets no other request follow."""
    from krea_client.events import Hooks

    def before(event: RequestEvent) -> None:
        if event.paid:
            signals.HeldSignal.raise_if_any()
            signals.HeldSignal.hold()

    def after(event: ResponseEvent) -> None:
        if event.request.paid and not (event.status is not None and 200 <= event.status < 300):
            signals.HeldSignal.release()
            if event.retry_in is not None:
                signals.HeldSignal.raise_if_any()

    return Hooks(before, after)


def _base_url() -> str:
    from krea_client._settings import base_url_for  # which imports more than most commands need

    return base_url_for(None, own_transport=False)
