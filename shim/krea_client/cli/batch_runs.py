"""The work of `krea-client batch`: plan and run a batch, and look at it."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from krea_client.bulk import run_commands
from krea_client.bulk.input_files import InputError
from krea_client.bulk.journal import BulkItem, JournalError, LedByAnother, Write
from krea_client.bulk.preparing import DeprecatedName
from krea_client.bulk.progress_figures import RunControl
from krea_client.bulk.reports import LED_ELSEWHERE, STOPPED_EARLY, BulkReport, describe_item, json_line
from krea_client.bulk.run_folder import BadBulkInput, RunPlace
from krea_client.bulk.states import ItemState
from krea_client.bulk.webhook_receiver import WebhookAddresses, WebhookReceiver
from krea_client.cli import batch_progress, console, error_reports, exit_codes, progress, signals
from krea_client.cli.inputs import BadInput
from krea_client.cli.webhook_server import WebhookServer, listening
from krea_client.errors import KreaError, NotFound

if TYPE_CHECKING:
    from krea_client.bulk.planning import BulkPlan
    from krea_client.client import Krea

_SHOWN = 10  # problems on the terminal
_S = ItemState
_STOPPING = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGBREAK")

OpenClient = Callable[[], "Krea"]


class BatchInput(NamedTuple):
    """What is to be sent.

    Attributes:
        file: the path of the input.
        values: NAME=VALUE for items that have no value of their own.
        media: the folder of local files.
        check: False sends bodies unchecked.
    """

    file: str
    values: Sequence[str] = ()
    media: str | None = None
    check: bool = True

    def options(self) -> dict[str, Any]:
        """Return the options of `krea.bulk`."""
        settings: dict[str, str] = {}
        for text in self.values:
            name, mark, value = text.partition("=")
            if not mark or not name.strip():
                raise BadInput(f"--set {text}: write name=value, such as --set model=z-image/z-image")
            settings[name.strip()] = value
        return {"set": settings, "media": self.media, "check": self.check}


def reported(work: Callable[[], int]) -> int:
    """Do the work of a command and return the exit code; what goes wrong becomes one message."""
    try:
        return work()
    except BadBulkInput as error:
        if error.plan is not None:
            _show_problems(error.plan)
        return error_reports.say("nothing was sent; correct the input and run it again", exit_codes.USAGE)
    except LedByAnother as error:
        return error_reports.say(str(error), LED_ELSEWHERE)
    except (BadInput, InputError) as error:
        return error_reports.say(str(error), exit_codes.USAGE)
    except JournalError as error:
        return error_reports.say(error_reports.with_notes(error), exit_codes.USAGE)
    except (KreaError, OSError) as error:
        return error_reports.report(error, {})


def plan(batch_input: BatchInput, at_once: int, open_client: OpenClient, *, as_json: bool) -> int:
    """Check the input and print what it would cost."""
    with open_client() as krea, progress.line(batch_input.file) as line:
        result = krea.bulk.plan(batch_input.file, on_plan=_checked(line), **batch_input.options())
    if as_json:
        console.result(json.dumps(_plan_as_json(result, at_once), indent=2, ensure_ascii=False))
    else:
        console.result("\n".join(_plan_lines(result, at_once)))
    _show_problems(result)
    _show_deprecated(result.deprecated)
    return exit_codes.USAGE if result.problem_count else 0


def _checked(line: progress.ProgressLine) -> Callable[[int], None]:
    return lambda count: line.show_state(f"{count:,} lines checked")


def _plan_lines(result: BulkPlan, at_once: int) -> list[str]:
    rows = [
        f"{model}: {_count(share.items, 'item')}, {batch_progress.rounded_up(share.price / 1e6)} USD at most"
        + (f" ({share.unpriced:,} without a published price)" if share.unpriced else "")
        for model, share in sorted(result.models.items())
    ]
    total = f"{_count(result.items, 'item')}, {batch_progress.rounded_up(result.price)} USD at most"
    return [*rows, f"{total}, about {batch_progress.time_span(result.seconds(at_once))} with {at_once} at once"]


def _plan_as_json(result: BulkPlan, at_once: int) -> dict[str, Any]:
    return {
        "items": result.items,
        "usd": result.price,
        "unpriced": result.unpriced,
        "seconds": round(result.seconds(at_once)),
        "at_once": at_once,
        "models": {model: share.__dict__ | {"price": share.price / 1e6} for model, share in result.models.items()},
        "problem_count": result.problem_count,
        "problems": [problem._asdict() for problem in result.problems],
        "deprecated": [name._asdict() | {"items": count} for name, count in result.deprecated.items()],
    }


def _show_problems(result: BulkPlan) -> None:
    for problem in result.problems[:_SHOWN]:
        console.message(f"{problem.label}: {problem.text}")
    if result.problem_count > _SHOWN:
        console.message(f"... and {result.problem_count - _SHOWN:,} more; plan --json has more of them")


def _show_deprecated(deprecated: Mapping[DeprecatedName, int]) -> None:
    for name, count in deprecated.items():
        text = f"deprecated field {name.old!r} is sent as {name.new!r} in {_count(count, 'item')} of {name.model}"
        console.message(f"krea-client: {text}")


def run(
    batch_input: BatchInput, target: str, options: Mapping[str, Any], open_client: OpenClient, *, as_json: bool
) -> int:
    """Carry out a batch, or go on with it, and return the exit code."""
    control = RunControl()
    with _webhook_server(options) as server, open_client() as krea:
        with progress.line(batch_input.file) as line:
            settings = {name: value for name, value in options.items() if name != "webhook_listen"}
            all_options: Any = {**batch_input.options(), **settings, "control": control, "on_plan": _checked(line)}
            running = krea.bulk.begin(batch_input.file, target, **all_options)
        if server is not None and running.addresses is not None:
            server.receiver = WebhookReceiver(running.addresses, control)
        with _stopping(control) as stops, batch_progress.shown() as show:
            for _ in krea.bulk.results(running, show):
                pass
        report = running.finish()
    if as_json:
        console.result(json.dumps(_report_as_json(report), ensure_ascii=False))
    _show_report(report, target)
    if stops and stops[0] == signal.SIGINT:
        return signals.INTERRUPTED
    return STOPPED_EARLY if stops else report.exit_code


@contextmanager
def _webhook_server(options: Mapping[str, Any]) -> Generator[WebhookServer | None]:
    if options.get("webhook") is None:
        yield None
        return
    try:
        WebhookAddresses(options["webhook"])
    except ValueError as fault:
        raise BadInput(f"--{fault}") from None
    with listening(options["webhook_listen"]) as server:
        yield server


@contextmanager
def _stopping(control: RunControl) -> Generator[list[int]]:
    """Let the first signal end the run in order within the block, and the second one leave at once."""
    stops: list[int] = []

    def stop(number: int, _frame: object) -> None:
        stops.append(number)
        control.stopping.set()
        if len(stops) > 1:
            os._exit(128 + number)  # whatever is under way is settled by the next run

    replaced: dict[int, Any] = {}
    for name in _STOPPING:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) not in (signal.SIG_IGN, None):
            replaced[number] = signal.signal(number, stop)
    try:
        yield stops
    finally:
        for number, handler in replaced.items():
            signal.signal(number, handler)


def _show_report(report: BulkReport, target: str) -> None:
    parts = [f"{report.saved:,} saved"]
    parts += [f"{report.failed:,} failed"] if report.failed else []
    parts += [f"{report.unknown:,} unknown"] if report.unknown else []
    total = "" if report.total is None else f" of {_count(report.total, 'item')}"
    console.message(
        f"krea-client: {', '.join(parts)}{total}; {batch_progress.rounded_up(report.spent)} USD at most; results in {target}"
    )
    _show_deprecated(report.deprecated)
    for problem in report.problems[:_SHOWN]:
        console.message(f"krea-client: {problem}")
    if report.failed:
        console.message(
            f"krea-client: problems.jsonl says why; `krea-client batch retry {target} --failed` plans them again"
        )
    if report.unknown:
        console.message(
            f"krea-client: `krea-client batch unknown {target}` lists what is unknown, with the jobs that it may be"
        )
    if report.stopped:
        console.message(f"krea-client: {report.stopped}; the same command goes on")


def _report_as_json(report: BulkReport) -> dict[str, Any]:
    counts = {state.name.lower(): count for state, count in sorted(report.counts.items.items())}
    return {
        "total": report.total,
        "states": counts,
        "usd": report.spent,
        "stopped": report.stopped or None,
        "problems": list(report.problems),
        "exit_code": report.exit_code,
    }


def status(place: RunPlace, *, as_json: bool) -> int:
    """Print where a run is."""
    result = run_commands.status(place)
    states = {state.name.lower(): count for state, count in sorted(result.counts.items.items())}
    if as_json:
        document = {"total": result.total, "states": states, "usd": result.counts.spent / 1e6}
        console.result(json.dumps({**document, "shared_account": "shared" in result.settings}))
        return 0
    rows = [f"{name:10} {count:>12,}" for name, count in states.items()]
    if result.planned:
        rows.insert(0, f"{'to send':10} {result.planned:>12,}")
    console.result("\n".join([*rows, f"{'at most':10} {batch_progress.rounded_up(result.counts.spent / 1e6):>12} USD"]))
    if "shared" in result.settings:
        console.message("krea-client: another program uses this account, so interrupted items are never adopted")
    return 0


def unknown(place: RunPlace, *, as_json: bool) -> int:
    """Print the items whose outcome is unknown."""
    for item in run_commands.unknowns(place):
        candidates = ", ".join(item.candidates)
        text = f"{item.key}: {item.reason}" + (f"; candidates: {candidates}" if candidates else "")
        console.result(json_line(item) if as_json else text)
    return 0


def claim(place: RunPlace, key: str, job_id: str) -> int:
    """Decide that a job is an unknown item's."""
    run_commands.claim(place, key, job_id)
    console.message(f"krea-client: {key} has job {job_id}; the next run takes its results")
    return 0


def release(place: RunPlace, key: str) -> int:
    """Decide that an unknown item has no job."""
    run_commands.release(place, key)
    console.message(f"krea-client: {key} is sent again by the next run")
    return 0


def retry(place: RunPlace, *, failed: bool, empty: bool, refused: bool) -> int:
    """Plan items again that ended without a result."""
    if not (failed or empty or refused):
        raise BadInput("retry: say what to send again; give --failed, --empty or --refused")
    count = run_commands.retry(place, failed=failed, empty=empty, refused=refused)
    console.message(f"krea-client: {_count(count, 'item')} sent again by the next run, which is charged anew")
    return 0


def export(place: RunPlace, output_format: str) -> int:
    """Print every item of a run, a line each."""
    with run_commands.reading(place) as journal:
        if output_format == "csv":
            console.result("key,state,model,job,file,seconds,price,reason")
        for item in journal.items():
            console.result(_csv_line(item) if output_format == "csv" else json_line(item))
    return 0


def _csv_line(item: BulkItem) -> str:
    row = describe_item(item)
    buffer = io.StringIO()
    first = item.files[0].name if item.files else ""
    cells = [row["key"], row["state"], row["model"], row["job"], first, row["seconds"], row["price"], item.reason]
    csv.writer(buffer, lineterminator="").writerow(cells)
    return buffer.getvalue()


def cancel(place: RunPlace, open_client: OpenClient) -> int:
    """Cancel the jobs of a run that have not ended."""
    count = 0
    with run_commands.changing(place) as journal, open_client() as krea:
        for item in journal.open_items():
            if item.state is not _S.ACCEPTED or item.job_id is None:
                continue
            try:
                krea.jobs.cancel(item.job_id)
            except NotFound:
                continue  # it has ended meanwhile, and the next run takes its results
            journal.write(Write([item.to(_S.FAILED, reason="cancelled by the user")]))
            count += 1
    console.message(f"krea-client: {_count(count, 'job')} cancelled; cancelled jobs are not billed")
    return 0


def work(place: RunPlace, open_client: OpenClient, *, at_once: int, lease: float) -> int:
    """Download what has ended in a run that another process leads, until every item is at rest."""
    with open_client() as client, client.bulk.worker(place.output, journal=place.journal, lease=lease) as worker:
        count = worker.work(at_once=at_once, on_saved=_show_files)
    console.message(f"krea-client: {_count(count, 'item')} saved by this worker")
    return 0


def _show_files(item: BulkItem) -> None:
    for file in item.files:
        console.result(file.name)


def local_place(target: str, journal: str | None) -> RunPlace:
    """Return where a run is."""
    return RunPlace(target if "://" in target else str(Path(target)), journal)


def _count(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
