"""What can be wrong on the way from spec/ to generated/, said once and with its place."""

from __future__ import annotations

from collections.abc import Iterable


class GenerationFailed(Exception):
    """Stops the run: what happened, where, and what to do. Nothing has been written when it is raised.

    `problems` holds one line per finding, each with its file and line where there is one.
    """

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))
