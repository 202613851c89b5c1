"""The program behind scripts/downstream."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from downstream.generator_report import PAGE, line, table, write_into

from .page import PageFailed, write_page
from .picture import picture_made
from .tools import TOOLS, Tool
from .trial import Outcome, tried
from .workplace import ToolInstallFailed, has_java, make_ready, renew_lock

UNAVAILABLE = 69


def main() -> int:
    """Try the generators that were asked for, and give 1 when one failed, 69 when one could not be tried."""
    options = _options()
    try:
        if options.renew:
            renew_lock()
        make_ready()
        if options.page:
            write_page(options.page)
            print(f"{options.page}: written")
            return 0
    except (ToolInstallFailed, PageFailed) as failed:
        print(f"scripts/downstream: {failed}\n  Check the network and the settings of pip and npm.", file=sys.stderr)
        return UNAVAILABLE
    tools = [tool for tool in TOOLS if not (options.ci and tool.runtime == "java")]
    tools = [tool for tool in tools if all(word in tool.name for word in options.name)]
    if not tools:
        print(f"scripts/downstream: no generator is called {' '.join(options.name)!r}", file=sys.stderr)
        return 2
    without_java = any(tool.runtime == "java" for tool in tools) and not has_java()
    outcomes = list(_each(tools, without_java=without_java))
    if not options.name:
        outcomes.append(picture_made())
        print(line(outcomes[-1]), flush=True)
    if any(outcome.complaints for outcome in outcomes):
        return 1
    if without_java:
        return UNAVAILABLE
    if options.write:
        write_into(PAGE, table(outcomes))
    return 0


def _each(tools: list[Tool], *, without_java: bool) -> list[Outcome]:
    outcomes = []
    for tool in tools:
        if without_java and tool.runtime == "java":
            print(f"COULD NOT RUN  {tool.name}: needs a Java of 11 or newer on PATH", flush=True)
            continue
        outcomes.append(tried(tool))
        print(line(outcomes[-1]), flush=True)
    return outcomes


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/downstream", description="Other people's generators on openapi.json."
    )
    parser.add_argument("name", nargs="*", help="only the generators whose name holds these words")
    parser.add_argument(
        "--ci", action="store_true", help="only those that need nothing but Python (Node comes with it)"
    )
    parser.add_argument("--write", action="store_true", help="write the results into docs/downstream.md")
    parser.add_argument(
        "--page", type=Path, metavar="FILE", help="write the document as an HTML page, and do nothing else"
    )
    parser.add_argument(
        "--renew", action="store_true", help="first write package-lock.json anew, after a change of package.json"
    )
    options = parser.parse_args()
    if options.write and (options.ci or options.name):
        parser.error("--write: give it alone; the page tells of all generators")
    return options


if __name__ == "__main__":
    sys.exit(main())
