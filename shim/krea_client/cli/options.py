"""Options and arguments that several commands take."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    Parameter = click.ParamType[datetime]
else:
    Parameter = click.ParamType  # not generic in every version of click that is allowed


class Moment(Parameter):
    """A day or a time as it stands in answers and tables; UTC where no zone is named."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read one; a usage error otherwise."""
        try:
            told = datetime.fromisoformat(str(value).removesuffix(" UTC"))
        except ValueError:
            self.fail(f"{value!r} is not a time: give one such as 2026-06-18 or 2026-06-18T12:00:00Z", param, ctx)
        return told if told.tzinfo else told.replace(tzinfo=UTC)


moment = Moment()
output = click.option(
    "-o",
    "--output",
    metavar="PATH",
    help="Where to save: a file, or a folder (one that exists, or a name with / at its end). Without it the addresses of the results "
    "are printed.",
)
overwrite = click.option("--overwrite", is_flag=True, help="Replace a file that is already there.")
job_as_json = click.option("--json", "as_json", is_flag=True, help="Print the job as JSON, with the saved files.")
as_json = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
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
    help="What becomes of the job at Krea on Ctrl-C. A second Ctrl-C leaves at once.",
)
model = click.argument("model")
job_id = click.argument("job_id", metavar="ID")
prompt = click.option("-p", "--prompt", help="What to show, in words.")
fields = click.option(
    "-i",
    "--input",
    "fields",
    multiple=True,
    metavar="FIELD=VALUE",
    help="A field of the request, typed by its schema: numbers, true or false, JSON for objects. A list is JSON, or one item each "
    "time. Where media is expected: an address, or a file here, which is uploaded (@in.png or in.png). FIELD:=JSON is taken as "
    "JSON whatever the field. May be repeated.",
)
json_body = click.option(
    "--json-body", metavar="FILE", help="The request as a JSON file, or - for standard input. -p and -i win over it."
)
