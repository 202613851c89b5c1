"""What is typed without -p and -i, as for other commands: `MODEL "a fox" --aspect-ratio 16:9`."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import NamedTuple

import click

from krea_client._request import text_values
from krea_client._spec.catalogue import Operation
from krea_client._spec.suggestions import nearest
from krea_client.cli import console


class RequestArguments(NamedTuple):
    """A prompt and fields as -p and -i take them."""

    prompt: str | None
    fields: tuple[str, ...]


def merged(operation: Operation, loose: Sequence[str], prompt: str | None, fields: Sequence[str]) -> RequestArguments:
    """Return the prompt and the fields of -p and -i together with the loose arguments; say on standard error how they were read.

    Raises:
        UsageError: an option that is neither the command's nor a field of the model, or more than one prompt.
    """
    words: list[str] = []
    assignments: list[str] = []
    pending = list(loose)
    while pending:
        word = pending.pop(0)
        if word.startswith("-") and word != "-":
            assignments.append(_assignment(operation, word, pending))
        else:
            words.append(word)
    if not words and not assignments:
        return RequestArguments(prompt, tuple(fields))
    if prompt is not None and words:
        raise click.UsageError(f"there are two prompts: {prompt!r} and {' '.join(words)!r}; give one of them, with -p")
    if len(words) > 1:
        raise click.UsageError(f"put the prompt in quotes: -p {shlex.quote(' '.join(words))}")
    text = words[0] if words else None
    canonical = [f"-p {shlex.quote(text)}"] if text is not None else []
    canonical += [f"-i {shlex.quote(assignment)}" for assignment in assignments]
    console.message(f"krea-client: read as {' '.join(canonical)}")
    return RequestArguments(text if text is not None else prompt, (*fields, *assignments))


def _assignment(operation: Operation, word: str, pending: list[str]) -> str:
    """Return an option as `field=value`; its value is behind "=", the next word, or true for a field that is true or false."""
    option, mark, value = word.partition("=")
    name = option.lstrip("-").replace("-", "_")
    if not option.startswith("--") or (name not in operation.fields and name not in operation.aliases):
        raise click.UsageError(_unknown(operation, option, name))
    if mark:
        return f"{name}={value}"
    boolean = "boolean" in text_values.types_of(operation, name)
    if pending and not (boolean and pending[0] not in ("true", "false")):
        return f"{name}={pending.pop(0)}"
    if boolean:
        return f"{name}=true"
    raise click.UsageError(f"{option} needs a value: write -i {name}=VALUE")


def _unknown(operation: Operation, option: str, name: str) -> str:
    context = click.get_current_context(silent=True)
    own = [text for parameter in context.command.params for text in parameter.opts] if context else []
    options = [text for text in own if text.startswith("--")] + [f"--{field}" for field in operation.fields]
    close = [
        text if text in own else f"-i {text[2:]}=VALUE" for text in nearest(f"--{name.replace('_', '-')}", options)
    ]
    advice = f"did you mean {' or '.join(close)}?" if close else f"fields: krea-client models show {operation.model}"
    return f"no such option: {option}, and {operation.model} has no field {name}; {advice}"
