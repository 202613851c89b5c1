"""One example call of a model, written for Python, for this command line and for curl: the same request three times."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from typing import Any, NamedTuple

from krea_client._spec.catalogue import Operation
from krea_client.cli import inputs
from krea_client.cli.inputs import BadInput

FOLDER = "results/"
_LONG = 60  # characters of JSON that still read well on one line


class ExampleCalls(NamedTuple):
    """The three texts; each can be pasted and run as it stands, with KREA_API_TOKEN in the environment."""

    python: str
    shell: str
    curl: str


def for_operation(operation: Operation, server: str) -> ExampleCalls:
    """Return the example calls of a model.

    Args:
        operation: the model's.
        server: the API's address.
    """
    examples: list[dict[str, Any]] = operation.details["examples"]
    body = examples[0]
    return ExampleCalls(_python(operation, body), _shell(operation, body), _curl(operation, body, server))


def _python(operation: Operation, body: Mapping[str, Any]) -> str:
    arguments = [f"    {name}={value!r}," for name, value in body.items()]
    if not all(name.isidentifier() for name in body):
        arguments = [f"    {dict(body)!r},"]
    lines = [f"    {operation.model!r},", *arguments]
    call = ["job = krea.run(", *lines, ")", f"krea.save(job, {FOLDER!r})"]
    # A model that only the API's own document knows is known to programs that read it too.
    client = "Krea()" if operation.details["request_class"] else 'Krea(document="live")'
    text = "\n".join(["from krea_client import Krea", "", f"with {client} as krea:", *(f"    {line}" for line in call)])
    return _double_quoted(text) + "\n"


def _double_quoted(text: str) -> str:
    # As formatters write it. repr() uses " only for a value that holds ', so without any " each ' is a quotation mark.
    return text if '"' in text or "\\" in text else text.replace("'", '"')


def _shell(operation: Operation, body: Mapping[str, Any]) -> str:
    words = [shlex.join(["krea-client", "generate", operation.model])]
    for name, value in body.items():
        words.append(shlex.join(["-p", value] if name == "prompt" else ["-i", _option(operation, name, value)]))
    return _lines([*words, f"-o {FOLDER}"])


def _option(operation: Operation, name: str, value: Any) -> str:
    """Return the shorter way of writing a field where it is read as the same value."""
    assignment = f"{name}={value if isinstance(value, str) else json.dumps(value)}"
    try:
        parsed = inputs.one_field(operation, assignment)[1]
    except BadInput:
        parsed = None
    is_equal = parsed == value and type(parsed) is type(value)
    return assignment if is_equal else f"{name}:={json.dumps(value, ensure_ascii=False)}"


def _curl(operation: Operation, body: Mapping[str, Any], server: str) -> str:
    text = json.dumps(body, ensure_ascii=False)
    if len(text) > _LONG:
        text = json.dumps(body, ensure_ascii=False, indent=2)
    return _lines(
        [
            "curl --fail-with-body",
            f"{server}{operation.path}",
            '-H "Authorization: Bearer $KREA_API_TOKEN"',
            '-H "Content-Type: application/json"',
            f"-d {shlex.quote(text)}",
        ]
    )


def _lines(words: list[str]) -> str:
    return " \\\n    ".join(words) + "\n"
