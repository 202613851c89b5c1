"""Completion of commands, models, fields and values for bash, zsh and fish."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from typing import Any

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
    split_arg_string,
)

SHELLS = ("bash", "zsh", "fish")
VARIABLE = "_KREA_CLIENT_COMPLETE"

# A word of bash ends at = and :, so the text of the line is handed over, and what stands before the last such sign is cut off again.
_BASH = """\
_krea_client_completion() {
    local IFS=$'\\n' line
    COMPREPLY=()
    while read -r line; do
        COMPREPLY+=("$line")
    done < <(COMP_LINE="$COMP_LINE" COMP_POINT="$COMP_POINT" COMP_WORDBREAKS="$COMP_WORDBREAKS" \\
        _KREA_CLIENT_COMPLETE=bash_complete krea-client 2>/dev/null)
    case "${COMPREPLY[0]-}" in
        //file//) COMPREPLY=(); compopt -o default 2>/dev/null ;;
        *= | --*=) compopt -o nospace 2>/dev/null ;;
    esac
}
complete -F _krea_client_completion krea-client
"""
_ZSH = """\
#compdef krea-client
_krea_client_completion() {
    local -a plain described nospace
    local type value help
    (( $+commands[krea-client] )) || return 1
    while IFS=$'\\t' read -r type value help; do
        case $type in
            file) compset -P '*='; compset -P '@'; _files ;;
            *)
                if [[ $value == *= ]]; then nospace+=("$value")
                elif [[ -n $help ]]; then described+=("${value//:/\\\\:}:$help")
                else plain+=("$value")
                fi ;;
        esac
    done < <(COMP_WORDS="${(F)words}" COMP_CWORD=$((CURRENT-1)) _KREA_CLIENT_COMPLETE=zsh_complete krea-client 2>/dev/null)
    (( $#described )) && _describe -V unsorted described
    (( $#plain )) && compadd -V unsorted -a plain
    (( $#nospace )) && compadd -V unsorted -S '' -a nospace
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _krea_client_completion "$@"
else
    compdef _krea_client_completion krea-client
fi
"""
_FISH = """\
function _krea_client_completion
    for line in (env _KREA_CLIENT_COMPLETE=fish_complete COMP_WORDS=(commandline -cp | string collect) \\
            COMP_CWORD=(commandline -t | string collect) krea-client 2>/dev/null)
        set -l parts (string split -m 1 \\t -- $line)
        if test "$parts[1]" = //file//
            set -l field (string split -m 1 = -- (commandline -ct))
            if test (count $field) = 2
                for path in (__fish_complete_path $field[2])
                    echo "$field[1]=$path"
                end
            else
                __fish_complete_path (commandline -ct)
            end
        else
            echo $line
        end
    end
end
complete --no-files --command krea-client --arguments '(_krea_client_completion)'
"""
SCRIPTS = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}


def run(command: click.Command, program: str) -> int | None:
    """Answer a shell's question if this process was started for one, and return the exit code; otherwise return None."""
    instruction = os.environ.get(VARIABLE, "")
    shell, _, action = instruction.partition("_")
    if action != "complete" or shell not in SHELLS:
        return None
    kinds_of_shells: dict[str, type[ShellComplete]] = {"bash": _Bash, "zsh": _Zsh, "fish": _Fish}
    click.echo(kinds_of_shells[shell](command, {}, program, VARIABLE).complete())
    return 0


class LooseCommand(click.Command):
    """A command that takes the fields of a model as options of its own, and completes them."""

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete the command's own options, then the fields of the model on the line."""
        items = super().shell_complete(ctx, incomplete)
        if not incomplete.startswith("--"):
            return items
        own = {item.value for item in items}
        return items + [item for item in _names(ctx, incomplete, "--{}=") if item.value[:-1] not in own]


class _WholeWords(ShellComplete):
    """Returns whole words, where click leaves out what stands before the = of a long option."""

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        option, mark, value = incomplete.partition("=")
        if not (mark and option.startswith("--")):
            return super().get_completions(args, incomplete)
        items = super().get_completions([*args, option], value)
        return [CompletionItem(f"{option}={item.value}", type=item.type, help=item.help) for item in items]


class _Bash(_WholeWords, BashComplete):
    def get_completion_args(self) -> tuple[list[str], str]:
        text = os.environ.get("COMP_LINE", "")
        point = os.environ.get("COMP_POINT", "")
        line = text.encode()[: int(point)].decode(errors="replace") if point.isdigit() else text
        words = split_arg_string(line)
        incomplete = "" if line[-1:].isspace() or not words else words.pop()
        return words[1:], incomplete

    def complete(self) -> str:
        words, incomplete = self.get_completion_args()
        items = self.get_completions(words, incomplete)
        if any(item.type == "file" for item in items):
            return "//file//"
        # Bash replaces only what stands behind the last sign that breaks a word.
        breaks = [sign for sign in os.environ.get("COMP_WORDBREAKS", "=:") if sign in "=:"]
        cut = max((incomplete.rfind(sign) + 1 for sign in breaks), default=0)
        return "\n".join(item.value[cut:] for item in items)


class _Zsh(_WholeWords, ZshComplete):
    def get_completion_args(self) -> tuple[list[str], str]:
        words = os.environ.get("COMP_WORDS", "").split("\n")
        position = int(os.environ.get("COMP_CWORD", "0"))
        unquoted = [(split_arg_string(word) or [""])[0] for word in words]
        return unquoted[1:position], unquoted[position] if position < len(unquoted) else ""

    def format_completion(self, item: CompletionItem) -> str:
        return f"{item.type}\t{item.value}\t{_one_line(item.help)}"


class _Fish(_WholeWords, FishComplete):
    def get_completion_args(self) -> tuple[list[str], str]:
        words = split_arg_string(os.environ.get("COMP_WORDS", ""))
        incomplete = (split_arg_string(os.environ.get("COMP_CWORD", "")) or [""])[0]
        # The line ends with the word under the cursor, which is not an argument yet.
        if incomplete and words and words[-1] == incomplete:
            words.pop()
        return words[1:], incomplete

    def format_completion(self, item: CompletionItem) -> str:
        if item.type == "file":
            return "//file//"
        description = _one_line(item.help)
        return f"{item.value}\t{description}" if description else item.value


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())


def models(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete a model id; the beginning of its last part is enough."""
    from krea_client.cli.current_catalogue import current_catalogue

    models_catalogue = current_catalogue()
    entries = {
        models_catalogue.short_id(full): models_catalogue.index["operations"][name]
        for full, name in sorted(models_catalogue.models.items())
    }
    starting = [name for name in entries if name.startswith(incomplete)]
    matches = starting or [name for name in entries if name.rpartition("/")[2].startswith(incomplete)]
    return [CompletionItem(name, help=str(entries[name]["summary"])) for name in matches]


def kinds(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete what models make."""
    return _matching(_column("kind"), incomplete)


def vendors(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the vendor of models."""
    return _matching(_column("vendor"), incomplete)


def _column(name: str) -> list[str]:
    from krea_client.cli.current_catalogue import current_catalogue

    return sorted({str(entry[name]) for entry in current_catalogue().index["operations"].values() if entry.get(name)})


def fields(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete FIELD= of the model that stands on the line, and behind it the values that the field may have."""
    name, mark, value = incomplete.partition("=")
    if not mark:
        return list(_names(context, incomplete, "{}="))
    return [CompletionItem(f"{name}={item.value}", type=item.type) for item in _values(context, name, value)]


def loose(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the value of --FIELD; anything else is the prompt, which nobody can complete."""
    words = [*(context.params.get("loose") or ()), *context.args]
    option = words[-1] if words else ""
    return list(_values(context, option[2:].replace("-", "_"), incomplete)) if option.startswith("--") else []


def _names(context: click.Context, incomplete: str, form: str) -> Iterator[CompletionItem]:
    for name, schema in _properties(context).items():
        word = form.format(name.replace("_", "-") if form.startswith("--") else name)
        if word.startswith(incomplete):
            yield CompletionItem(word, help=str(schema.get("description", "")))


def _values(context: click.Context, name: str, incomplete: str) -> Iterator[CompletionItem]:
    schema = _properties(context).get(name)
    if schema is None:
        return
    values = list(dict.fromkeys(_choices(schema, _request_schema(context))))
    if not values and schema.get("x-krea-media"):
        yield CompletionItem(incomplete, type="file")
    for value in values:
        if value.startswith(incomplete):
            yield CompletionItem(value)


def _choices(schema: Any, root: Any) -> Iterator[str]:
    from krea_client._spec import schema_fields

    schema = schema_fields.opened(schema, root)
    if schema.get("type") == "boolean":
        yield from ("true", "false")
    for value in (*schema.get("enum", ()), *([schema["const"]] if "const" in schema else ())):
        yield value if isinstance(value, str) else json.dumps(value)
    for branch in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        yield from _choices(branch, root)
    if "items" in schema:
        yield from _choices(schema["items"], root)


def _properties(context: click.Context) -> dict[str, Any]:
    from krea_client._request.text_values import properties_of

    schema = _request_schema(context)
    return properties_of(schema, schema)


def _request_schema(context: click.Context) -> Any:
    from krea_client.cli.current_catalogue import current_catalogue
    from krea_client.cli.model_ids import operation_of
    from krea_client.errors import KreaError

    if context.command.name == "train":
        return current_catalogue().operation("train_style").schema or {}
    try:
        return operation_of(_model(context)).schema or {}
    except KreaError:
        return {}


def _model(context: click.Context) -> str:
    """Return the model on the line; click leaves it among the rest where the last option still lacks its value."""
    words = [context.params.get("model"), *context.args]
    return next((word for word in words if isinstance(word, str) and not word.startswith("-")), "")


def _matching(values: Iterable[str], incomplete: str) -> list[CompletionItem]:
    return [CompletionItem(value) for value in values if value.startswith(incomplete)]


def script(shell: str) -> str:
    """Return what a shell reads to complete this command."""
    return SCRIPTS[shell]


__all__ = ["SHELLS", "LooseCommand", "fields", "kinds", "loose", "models", "run", "script", "vendors"]
