"""A model that spec/ does not have: its operation, its request and the components that only it has."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from krea_client.cli.document_diff.operation_facts import DocumentedAlias, FieldFacts, Statement
from regenerate.lint.unwritten import MARK
from regenerate.public_names import ModelNames, names_of
from regenerate.references import SCHEMAS

from . import price_tables
from .request_examples import proposed
from .schema_writer import ComponentPlace, SchemaWriter
from .spec_folder import SpecFolder

_GENERATION = "../../shared/generation.yaml"
_WEBHOOK = "header X-Webhook-URL"


def add(folder: SpecFolder, statement: Statement, captured: str) -> list[str]:
    """Write a new model into the folder, and return what is left to decide."""
    names = names_of(statement.path)
    if names is None or statement.method != "POST" or statement.body is None:
        return ["is no model; write it by hand after a neighbour under spec/operations/"]
    file_name = folder.file_for(statement.path)
    is_open = "" in statement.body and not statement.body[""].facts.get("closed")
    # A page shows no root; what is not understood is a question already.
    readable_nodes = {path: node for path, node in statement.body.items() if not node.is_unread}
    statement = replace(statement, body={"": FieldFacts({"type": ("object",)}), **readable_nodes})
    writer = SchemaWriter(statement.body or {}, place(folder, file_name, names))
    writer.request(names.request_class)
    operation, questions = _operation(statement, names, captured)
    folder.add_model(file_name, statement.path, operation, writer.components)
    if is_open:
        questions.append(
            "the source takes unknown fields, which the API refuses elsewhere; the request is written without them"
        )
    return [*questions, *writer.questions]


def place(folder: SpecFolder, file_name: str, names: ModelNames) -> ComponentPlace:
    """Return where the components of a model go."""
    owners = folder.components
    return ComponentPlace(
        names.stem,
        lambda hint, facts: folder.shared(file_name, hint, facts),
        lambda name: name in owners,
        lambda path: folder.words.proposed(path.rpartition(".")[2].partition("[")[0]) if path else MARK,
    )


def _operation(statement: Statement, names: ModelNames, captured: str) -> tuple[dict[str, Any], list[str]]:
    questions: list[str] = []
    operation: dict[str, Any] = {"operationId": names.operation_id, "tags": [names.tag], "summary": f"{MARK}."}
    if statement.deprecated:
        operation["deprecated"] = True
    operation["x-krea-captured"] = captured
    fields = statement.body or {}
    if statement.prices:
        try:
            operation["x-krea-pricing"] = price_tables.pricing(statement.prices, fields, captured)
        except price_tables.UnclearPrice as problem:
            questions.append(f"x-krea-pricing: {problem}; write the table by hand")
    if statement.aliases:
        operation["x-krea-deprecated-field-aliases"] = list(map(alias_row, statement.aliases))
    parameters = statement.parameters or {}
    if _WEBHOOK.lower() in {name.lower() for name in parameters}:
        operation["parameters"] = [{"$ref": f"{_GENERATION}#/components/parameters/WebhookUrl"}]
    content = {"schema": {"$ref": f"{SCHEMAS}{names.request_class}"}, "example": proposed(fields)}
    operation["requestBody"] = {"required": True, "content": {"application/json": content}}
    operation["responses"] = {"$ref": f"{_GENERATION}#/x-submission-responses"}
    questions += [
        f"parameter {name}: is not one that models have; add it by hand"
        for name in parameters
        if name.lower() != _WEBHOOK.lower()
    ]
    return operation, questions


def alias_row(alias: DocumentedAlias) -> dict[str, str]:
    """Return a row of x-krea-deprecated-field-aliases."""
    return {"from": alias.old, "to": alias.new, "sunset_date": alias.until}
