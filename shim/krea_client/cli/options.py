"""Options and arguments that several commands take."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from krea_client.cli import shell_completion, usage_hints

if TYPE_CHECKING:
    Parameter = click.ParamType[datetime]
else:
    Parameter = click.ParamType  # not generic in every version of click that is allowed


class TimeParameter(Parameter):
    """A day or a time as it stands in answers and tables; UTC where no zone is named."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read one; a usage error otherwise."""
        try:
            moment = datetime.fromisoformat(str(value).removesuffix(" UTC"))
        except ValueError:
            self.fail(f"{value!r} is not a time: give one such as 2026-06-18 or 2026-06-18T12:00:00Z", param, ctx)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


time = TimeParameter()
output = click.option(
    "-o",
    "--output",
    "target",
    metavar="PATH",
    type=click.Path(allow_dash=True),
    help="Where to save: a file, a folder (one that exists, or a name with / at its end), or - for standard output. Without it the "
    "addresses of the results are printed.",
)
overwrite = click.option("--overwrite", is_flag=True, help="Replace a file that is already there.")
job_as_json = click.option("--json", "as_json", is_flag=True, help="Print the job as JSON, with the saved files.")
as_json = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
no_wait = click.option("--no-wait", is_flag=True, help="Submit only, and print the job's id.")
webhook_url = click.option(
    "--webhook-url", metavar="URL", help="An address that Krea calls once when the job has ended."
)
deadline = click.option(
    "--deadline",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="Stop waiting after so long; the job goes on at Krea. [default: two hours]",
)
on_interrupt = click.option(
    "--on-interrupt",
    type=click.Choice(["keep", "cancel"]),
    default="keep",
    show_default=True,
    help="What becomes of the job at Krea on Ctrl-C (or SIGTERM and the like). A second Ctrl-C leaves at once.",
)
sandbox = click.option(
    "--sandbox",
    is_flag=True,
    help="Practise: a sandbox inside this program answers in Krea's place; nothing is charged.",
)
most = click.option(
    "-n", "--most", type=click.IntRange(min=1), default=20, show_default=True, help="How many to list at most."
)
model = click.argument("model", callback=usage_hints.check_model, shell_complete=shell_completion.models)
job_id = click.argument("job_id", metavar="ID")
prompt = click.option("-p", "--prompt", help="What to show, in words.")
fields = click.option(
    "-i",
    "--input",
    "fields",
    multiple=True,
    metavar="FIELD=VALUE",
    shell_complete=shell_completion.fields,
    help="A field of the request, typed by its schema: numbers, true or false, JSON for objects. A list is JSON, or one item each "
    "time. Where media is expected: an address, or a file here, which is uploaded (@in.png or in.png). FIELD:=JSON is taken as "
    "JSON whatever the field. May be repeated.",
)
json_body = click.option(
    "--json-body",
    metavar="FILE",
    type=click.Path(allow_dash=True),
    help="The request as a JSON file, or - for standard input. -p and -i win over it.",
)
# What `check` and `migrate` read; without any they say what to give.
program_paths = click.argument("paths", nargs=-1, metavar="PATHS...", type=click.Path())
NO_PATHS = "no files or folders are named; give some, such as . for this folder"
# What is not written with -p and -i: a prompt alone, and fields as options of their own. See loose_arguments.
loose = click.argument(
    "loose", nargs=-1, type=click.UNPROCESSED, metavar="[PROMPT]", shell_complete=shell_completion.loose
)
LOOSE_SETTINGS = {"ignore_unknown_options": True}
