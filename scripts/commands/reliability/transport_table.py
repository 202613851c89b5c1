"""Every fault over every transport: the table of docs/reliability.md whose rows have a commit of their own."""

from __future__ import annotations

import random
import re
import subprocess
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from krea_client import KreaError
from reliability.judge.cancellation import CALLS, cancelled_calls
from reliability.judge.clocks import misses
from reliability.judge.leaving import all_ways
from reliability.judge.raw_cases import NOT_MET, TIMEOUT, SocketCase, socket_cases, violations
from reliability.judge.transports import TRANSPORTS, NamedTransport

BEGIN, END = (
    "<!-- scripts/reliability --transport --write: begin -->\n",
    "<!-- scripts/reliability --transport --write: end -->\n",
)
MOST_PLAYS = 3  # of a case
COLUMNS = ("doubled", "lost", "wrong", "hung")
HEAD = f"| `--transport` | transport | cases | {' | '.join(COLUMNS)} | measured |\n{'|---' * 8}|\n"
# What the judge says of a case, by the column that it counts in; all else is wrong.
_SAYS = {
    "doubled": re.compile(r"jobs billed for \d"),
    "lost": re.compile(r"billed and not known"),
    "hung": re.compile(r"^it took"),
}


class TransportRow(NamedTuple):
    """What became of the cases of one transport.

    Attributes:
        cases: how many were played.
        of: how many there are.
        findings: a line for each case that went wrong.
    """

    transport: NamedTransport
    cases: int
    of: int
    counts: Mapping[str, int]
    findings: Sequence[str]

    @property
    def is_met(self) -> bool:
        """Return whether no case went wrong."""
        return not self.findings

    def as_markdown(self, commit: str) -> str:
        """Return the row of the table."""
        numbers = " | ".join(str(self.counts.get(column, 0)) for column in COLUMNS)
        modes = "" if len(self.transport.modes) > 1 else f" ({self.transport.modes[0]})"
        when = f"{datetime.now(UTC).date()}, {commit}"
        cases = f"{self.cases:,}" if self.cases == self.of else f"{self.cases:,} of {self.of:,}, by lot"
        return f"| {self.transport.name} | {self.transport.title}{modes} | {cases} | {numbers} | {when} |"


def measured_over(transport: NamedTransport, limit: int | None = None, seconds: float = TIMEOUT) -> TransportRow:
    """Play every fault in the way of every operation over a transport, or so many cases drawn by lot, always the same ones.

    Args:
        transport: the transport.
        limit: how many cases; None for all.
        seconds: the time-out of an exchange. On a busy computer, a short one ends before the API has read the request.
    """
    table = socket_cases(transport)
    random.Random(transport.name).shuffle(table)
    cases = [case._replace(seconds=seconds) for case in table[:limit]]
    counts: Counter[str] = Counter()
    findings: list[str] = []
    for case in cases:
        problems = problems_of(case)
        counts.update({column_of(problem) for problem in problems})
        if problems:
            findings.append(f"{case.name}: {'; '.join(problems)}")
    return TransportRow(transport, len(cases), len(table), counts, findings)


def situations_over(transport: NamedTransport) -> list[str]:
    """Play lost responses under other clocks, all ways to leave a call, and cancellation at every await; return what went wrong."""
    calls = [call for operation in CALLS for call in cancelled_calls(operation, transport)]
    return [
        *(f"clocks: {miss}" for miss in misses(transport)),
        *(f"leaving: {way}" for way in all_ways(transport) if way.lost),
        *(f"cancellation: {call}" for call in calls if call.lost_count or call.problem),
    ]


def problems_of(case: SocketCase) -> list[str]:
    """Play a case, and once more where the computer was too busy for it: the fault was not met, or it took too long."""
    problems: list[str] = []
    for _ in range(MOST_PLAYS):
        try:
            problems = violations(case)
        except KreaError as error:  # when the judge asked for the candidates
            problems = [f"{NOT_MET}: {error}"]
        if not any(problem.startswith(NOT_MET) or column_of(problem) == "hung" for problem in problems):
            break
    return problems


def column_of(problem: str) -> str:
    """Return the column that a problem counts in."""
    return next((column for column, pattern in _SAYS.items() if pattern.search(problem)), "wrong")


def commit_of(folder: Path) -> str:
    """Return the commit of the project."""
    command = ["git", "-C", str(folder), "rev-parse", "--short=8", "HEAD"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip() or "no commit"


def with_rows(page: str, rows: Sequence[str]) -> str:
    """Return the page with these rows of its table written anew, in the order of the transports."""
    before, _, following = page.partition(BEGIN)
    table, _, after = following.partition(END)
    by_name = {_name_of(line): line for line in (*table.splitlines(), *rows) if _name_of(line) in TRANSPORTS}
    ordered = "\n".join(by_name[name] for name in TRANSPORTS if name in by_name)
    return f"{before}{BEGIN}\n{HEAD}{ordered}\n\n{END}{after}"


def _name_of(line: str) -> str:
    return line.removeprefix("| ").partition(" |")[0]
