"""What went wrong, as one message on standard error and an exit code."""

from __future__ import annotations

from collections.abc import Mapping

import click

from krea_client.cli import missing_extra
from krea_client.cli.inputs import Place
from krea_client.errors import AnswerError, KreaError, ModelGone, RequestInvalid

FAILED = 1
USAGE = 2


def say(text: str, code: int) -> int:
    """Writes one message to standard error; gives the code back."""
    click.echo(f"krea-client: {text}", err=True)
    return code


def say_missing(extra: str, what: str, missing: ModuleNotFoundError) -> int:
    """Names the extra to install; an import that fails inside this package is a defect and is raised."""
    if missing.name is None or missing.name.startswith("krea_"):
        raise missing
    return say(missing_extra(extra, what), USAGE)


def report(error: KreaError, places: Mapping[str, Place]) -> int:
    """Writes what happened, with the file and line of each problem where they are known; gives the exit code."""
    if isinstance(error, RequestInvalid):
        return _report_request(error, places)
    refused_here = isinstance(error, ModelGone) and error.status is None
    text = str(error)
    if error.job_id and error.job_id not in text:
        text += f" (job {error.job_id})"
    if isinstance(error, AnswerError):
        text += "".join(
            f"\n  {message.field}: {message.message}" for message in error.messages if message.message not in text
        )
    return say(text, USAGE if refused_here else FAILED)


def _report_request(error: RequestInvalid, places: Mapping[str, Place]) -> int:
    model = f"{error.model}: " if error.model else ""
    count = len(error.problems)
    head = "the request was not sent" if count == 1 else f"the request was not sent, it has {count} problems"
    lines: list[str] = []
    for problem in error.problems:
        place = places.get(problem.path.partition(".")[0].partition("[")[0])
        lines.append(f"\n  {place}: {problem}" if place else f"\n  {problem}")
    return say(f"{model}{head}:{''.join(lines)}", USAGE)
