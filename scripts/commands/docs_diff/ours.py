"""What spec/ says, where each of its facts is typed, and which differences were decided."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cached_property
from pathlib import Path

from krea_client.cli.document_diff.decided_differences import Known
from krea_client.cli.document_diff.openapi_reader import document_statement, statements
from krea_client.cli.document_diff.operation_facts import Address, DocumentedAlias, Statement
from regenerate.bundle import Bundle, Document, bundle
from regenerate.decided import decided
from regenerate.sources import read_folder


class Ours:
    """The specification in a folder. Reading it raises generation.problems.GenerationFailed where it is broken."""

    def __init__(self, spec: Path, bundled: Bundle | None = None) -> None:
        self._spec, self._bundled = spec, bundled

    @cached_property
    def _bundle(self) -> Bundle:
        return self._bundled or bundle(read_folder(self._spec))

    @cached_property
    def statements(self) -> list[Statement]:
        """What it says, operation by operation."""
        return statements(self._bundle.document)

    @property
    def document(self) -> Document:
        """The whole document."""
        return self._bundle.document

    @property
    def components(self) -> Collection[str]:
        """Return the names of the component schemas."""
        return set(self._bundle.document["components"].get("schemas", {}))

    @cached_property
    def about_all(self) -> Statement:
        """What it says besides its operations."""
        return document_statement(self._bundle.document)

    @cached_property
    def known(self) -> list[Known]:
        """The rows of notes/known.md."""
        return [Known.of(row) for row in decided(self._spec)]

    @cached_property
    def _places(self) -> dict[Address, str]:
        return {}

    def aliases(self, method: str, path: str) -> Collection[DocumentedAlias]:
        """Return the deprecated names that we have for an operation."""
        key = Statement(method, path).key
        return next((statement.aliases or () for statement in self.statements if statement.key == key), ())

    def place(self, address: Address) -> str:
        """Return `file:line` of an address in the bundled document."""
        if address not in self._places:
            self._places[address] = self._bundle.at(address)
        return self._places[address]

    def captured(self, statement: Statement) -> str:
        """Return the day of the last look at an operation's documentation."""
        operation = self._bundle.document["paths"][statement.path][statement.method.lower()]
        return str(operation.get("x-krea-captured", ""))

    def file_for(self, path: str) -> str:
        """Return the file that a new operation belongs into, by the nearest path that we have."""
        if not path.startswith("/"):
            return f"{self._spec.name}/openapi.yaml"
        steps = path.split("/")
        kin = sorted(self.statements, key=lambda statement: -_shared(statement.path.split("/"), steps))
        near = self.place(kin[0].address).partition(":")[0]
        kind, name = (steps[2], steps[-1]) if path.startswith("/generate/") else ("", steps[1])
        folder = f"{self._spec.name}/operations/{kind}".rstrip("/")
        return f"{folder}/{re.sub(r'[^a-z0-9.]+', '-', name.lower())}.yaml (a neighbour to copy from: {near})"


def _shared(first_steps: list[str], second_steps: list[str]) -> int:
    return next(
        (at for at, (a, b) in enumerate(zip(first_steps, second_steps, strict=False)) if a != b),
        min(len(first_steps), len(second_steps)),
    )
