"""What a run found."""

from __future__ import annotations

from dataclasses import dataclass, field

from krea_migrate.findings import Finding
from krea_migrate.source import Source

UNREAD_CODE = "KREA401"


class BadSettings(ValueError):
    """An option, a file that it names, or the section of pyproject.toml cannot be used."""


@dataclass
class Report:
    """What a run found.

    Attributes:
        findings: in the order of files and lines.
        sources: the files that findings stand in.
        problems: files that could not be read, and why.
        notes: files that were read in another way than usual, and how.
        looked_at: how many files were seen, and how many of them spoke of Krea.
        focus: the files that were asked for, where others were only read for their sake; None for all.
        left_out: how many findings were not shown, by the reason.
        not_read: files that name Krea and a deprecated field name, and that no reader followed, whole or in part.
    """

    findings: list[Finding] = field(default_factory=list[Finding])
    sources: dict[str, Source] = field(default_factory=dict[str, Source])
    problems: dict[str, str] = field(default_factory=dict[str, str])
    notes: dict[str, str] = field(default_factory=dict[str, str])
    looked_at: tuple[int, int] = (0, 0)
    focus: frozenset[str] | None = None
    left_out: dict[str, int] = field(default_factory=dict[str, int])

    def keep(self, findings: list[Finding], why: str) -> None:
        """Leave only these findings; the number of the others is noted with the reason."""
        self.left_out[why] = len(self.findings) - len(findings)
        self.findings = findings

    @property
    def not_read(self) -> set[str]:
        """The files that were not covered: those that could not be read, and those in languages that are not read."""
        return {*self.problems, *(finding.file for finding in self.findings if finding.rule == UNREAD_CODE)}
