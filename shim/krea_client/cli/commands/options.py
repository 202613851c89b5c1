"""Options and arguments that several commands take."""

from __future__ import annotations

import click

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
