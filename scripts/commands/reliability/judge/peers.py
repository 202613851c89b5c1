"""Other people's clients and ours: forked children that share a client, and a call that is left while it waits."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, NamedTuple

from .judge_figures import forked, left_early

ROUNDS = 20
# The clients that can wait for a job; an image of openai is the response itself.
WAITING = ("krea", "fal", "replicate", "runwayml")


class AbandonedCall(NamedTuple):
    """The counts of one client: children of forks, and the id of the job after leaving, None where there is no wait."""

    name: str
    forks: dict[str, Any]
    leaving: dict[str, int] | None

    def cells(self) -> list[str]:
        """Return a row of the table."""
        counts = [self.forks.get(kind, 0) for kind in ("own", "another's")]
        errors = self.forks.get("unknown", 0) + self.forks.get("refused", 0)
        outcome = (
            "-" if self.leaving is None else "shown" if self.leaving["shown"] == self.leaving["billed"] else "not shown"
        )
        total = self.forks["calls"]
        return [
            self.name,
            *(f"{count} of {total}" for count in (*counts, errors)),
            str(self.forks["billed twice"]),
            outcome,
        ]


def abandoned_calls(python: Path) -> list[AbandonedCall]:
    """Try this client, then the others with the Python of their environment."""
    our_python = Path(sys.executable)
    subjects = [("krea", our_python), *((name, python) for name in ("fal", "openai", "replicate", "runwayml"))]
    return [
        AbandonedCall(name, forked(name, path, ROUNDS), left_early(name, path) if name in WAITING else None)
        for name, path in subjects
    ]
