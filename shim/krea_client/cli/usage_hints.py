"""What to type instead, for a command line that cannot be read."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence

import click

from krea_client._spec.suggestions import nearest

# What other tools call it, by our command.
_SYNONYMS = {
    "jobs show": ("status", "get", "info", "view", "result"),
    "jobs wait": ("save", "download", "fetch", "watch", "poll", "await"),
    "jobs list": ("ls", "history"),
    "models list": ("search", "find", "ls"),
    "models show": ("info", "describe", "schema", "get"),
    "generate": ("create", "make", "submit", "image", "video", "imagine", "run-model"),
    "price": ("cost", "pricing", "estimate"),
    "usage": ("balance", "credits", "billing"),
    "login": ("auth", "init", "configure", "config", "setup", "signin"),
    "doctor": ("check-install", "diagnose", "info"),
}
_OPTIONS = {"-v": "--version", "-V": "--version", "-?": "--help"}
_MISSING = {
    "MODEL": "krea-client models list has all models",
    "ID": "krea-client jobs list has the ids of jobs",
    "USD": "give what may be spent, such as --budget 2",
    "FILE|URL": "give the other document, such as --against openapi.json",
    "START": "give two days, such as 2026-11-01 2026-11-30",
}


def hint(error: click.UsageError, arguments: Sequence[str]) -> str | None:
    """Return what to do about a usage error, or None where the message itself says it or nobody can tell."""
    context = error.ctx
    if context is None:
        return None
    if isinstance(error, NoModelId):
        return _model_first(context, arguments)
    if isinstance(error, click.NoSuchOption) and context.parent is None:
        return _misplaced_option(context, error.option_name, arguments)
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return _MISSING.get(error.param.make_metavar(context).strip("[]."))
    if isinstance(context.command, click.Group) and error.message.startswith("No such command"):
        return _other_command(context, context.command, arguments)
    return None


class NoModelId(click.UsageError):
    """What stands in the place of a model is an option or a prompt."""


def check_model(context: click.Context, _parameter: click.Parameter, value: str) -> str:
    """Return a word that may be the id of a model; the callback of the argument MODEL.

    Raises:
        NoModelId: it cannot be one.
    """
    if " " in value.strip() or (value.startswith("-") and not context.resilient_parsing):
        raise NoModelId(f"{value!r} stands where the model belongs", context)
    return value


def _model_first(context: click.Context, arguments: Sequence[str]) -> str:
    path = context.command_path.split()[1:]
    words = list(arguments[len(path) :])
    place = next((number for number, word in enumerate(words) if word.partition("=")[0] in ("-m", "--model")), None)
    if place is not None:
        option, mark, value = words[place].partition("=")
        remaining_words = words[:place] + ([value] if mark else []) + words[place + 1 :]
        return f"the model is the first argument, without {option}: {_line(*path, *remaining_words)}"
    return f"the model is the first argument: {_line(*path, 'MODEL', *words)}; krea-client models list has all models"


def _line(*words: str) -> str:
    return f"krea-client {' '.join(shlex.quote(word) for word in words)}"


def _misplaced_option(context: click.Context, option: str, arguments: Sequence[str]) -> str:
    if option in _OPTIONS:
        return f"did you mean {_line(_OPTIONS[option])}?"
    root = context.command
    names = root.list_commands(context) if isinstance(root, click.Group) else []
    place = next((number for number, word in enumerate(arguments) if word in names), None)
    if place is None:
        return f"options of a command stand behind it; {_line('--help')} lists the commands"
    command = _command(context, arguments[place:])
    if option not in {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}:
        return f"{_line('--help')} lists the commands"
    return f"it stands behind the command: {_line(*arguments[place:], *arguments[:place])}"


def _command(context: click.Context, words: Sequence[str]) -> click.Command:
    """Return the command that these words lead to."""
    command = context.command
    for word in words:
        inner = command.get_command(context, word) if isinstance(command, click.Group) else None
        if inner is None:
            break
        command = inner
    return command


def _other_command(context: click.Context, group: click.Group, arguments: Sequence[str]) -> str | None:
    path = context.command_path.split()[1:]
    at = next((number for number, word in enumerate(arguments) if word not in path), len(path))
    word, remaining_words = arguments[at], arguments[at + 1 :]
    if not path and word in ("help", "version"):
        return f"did you mean {_line(*remaining_words, f'--{word}') if word == 'help' else _line('--version')}?"
    if not path and _is_model(word):
        return f"did you mean {_line('generate', word, *remaining_words)}?"
    if path == ["models"] and _is_model(word):
        return f"did you mean {_line('models', 'show', word, *remaining_words)}?"
    prefix = f"{' '.join(path)} " if path else ""
    names = {f"{prefix}{name}" for name in group.list_commands(context)}
    advised = [name for name, synonyms in _SYNONYMS.items() if word in synonyms and name.startswith(prefix)]
    advised += [f"{prefix}{name}" for name in nearest(word, sorted(group.list_commands(context)))]
    if not path:
        advised += [name for name in _nested(context, group) if name.split()[1] == word]
    advised = [name for name in dict.fromkeys(advised) if path == [] or name in names][:3]
    return f"did you mean {' or '.join(_line(*name.split()) for name in advised)}?" if advised else None


def _nested(context: click.Context, group: click.Group) -> Iterator[str]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from (f"{name} {inner}" for inner in command.list_commands(context))


def _is_model(word: str) -> bool:
    from krea_client.cli.model_ids import operation_of
    from krea_client.errors import ModelGone, ModelUnknown

    try:
        operation_of(word)
    except ModelGone:
        return True
    except ModelUnknown:
        return False
    return True
