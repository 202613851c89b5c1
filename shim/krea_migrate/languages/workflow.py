"""The programs in YAML: what GitHub, GitLab, CircleCI, Ansible, Compose and Kubernetes run, with the variables set for it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from krea_migrate import profile
from krea_migrate.languages.json_text import MISSING, Value
from krea_migrate.languages.shell_words import quoted
from krea_migrate.languages.view import View
from krea_migrate.languages.yaml_scalars import letters

_RUNS = frozenset(
    {"run", "script", "before_script", "after_script", "command", "cmd", "cmds", "shell", "bash", "entrypoint", "args"}
)
_SETS = frozenset({"env", "variables", "vars", "environment"})
_FILLED = re.compile(r"\$\{\{(?P<inside>[^}]{0,1000})\}\}|\{\{[ \t]{0,100}\.?(?P<name>\w{1,200})[ \t]{0,100}\}\}")
_CLIENT = re.compile(r"\b(?:curl|wget|https?|xh|jq)\b")
_FIRST = re.compile(r"(?:\S*/)?(?:curl|wget|http|https|xh)")
_DEFAULT = re.compile(r"\|\|\s*'([^']*)'\s*$")
_PATH = re.compile(r"[\w.-]+(?=\s*(?:\|\||$))")
_FENCE = "`" * 12


def view(text: str, values: list[Value]) -> View | None:
    """Return all programs of a file as the blocks of a Markdown document; None when it has none."""
    writer = _WorkflowWriter(text)
    for value in values:
        writer.walk(value, {})
    writer.turn("")
    return writer.made if writer.found else None


class _WorkflowWriter:
    def __init__(self, text: str) -> None:
        self.made = View(text)
        self.language = ""
        self.found = False

    def turn(self, language: str) -> None:
        """End the block of one language and begin that of another."""
        if language != self.language:
            fences = f"\n{_FENCE}\n" if self.language else ""
            self.made.mark(fences + (f"\n{_FENCE}{language}\n" if language else ""), 0)
            self.language = language

    def walk(self, value: Value, outer: Mapping[str, Value]) -> None:
        """Write whatever runs in a value, behind the variables that hold there."""
        if value.is_leaf:
            return
        merged = [entry for member in value.members if member.name == "<<" for entry in member.value.members]
        sets = [member.value for member in (*merged, *value.members) if member.name.lower() in _SETS]
        variables = [inner for variables in sets for inner in variables.members if inner.value.text is not None]
        own = {variable.name: variable.value for variable in variables if variable.name.isidentifier()}
        for name, part in own.items():
            self._set(name, part)
        self._choices(value)
        language = _language(value.get("shell").text or "")
        listed = self._words(value)
        inside = {**outer, **own} if own else outer
        for candidate in value.members:
            if candidate.name.lower() in _RUNS and not listed:
                parts = [candidate.value, *candidate.value.items]
                if language != "bash" or any(_runs_client(part.text or "") for part in parts):
                    for part in parts:
                        self._run(part, language)
            self.walk(candidate.value, inside)
        for item in value.items:
            self.walk(item, inside)
        for name in own:
            self.turn("bash")
            if name in outer:
                self._set(name, outer[name])
            else:
                self.made.mark(f'{name}="${{{name}__}}"\n', value.start)

    def _set(self, name: str, value: Value) -> None:
        result = letters(self.made.source, value)
        if result is None or ("'" in result[0] and '"' in result[0]):
            return
        mark = "'" if '"' in result[0] else '"'
        self.turn("bash")
        self.made.mark(f"{name}={mark}", value.start)
        self._copy(result[0].rstrip("\n"), result[1])
        self.made.mark(mark + "\n", value.start)

    def _choices(self, value: Value) -> None:
        """Write what a matrix gives, and what an input may be."""
        for inner in value.get("matrix").members:
            if inner.name == "include":
                rows = [entry for item in inner.value.items for entry in item.members]
                for name in dict.fromkeys(entry.name for entry in rows):
                    self._either(f"matrix_{name}", [entry.value for entry in rows if entry.name == name])
            else:
                self._either(f"matrix_{inner.name}", inner.value.items)
        for inner in value.get("inputs").members:
            self._either(f"inputs_{inner.name}", inner.value.get("options").items)

    def _either(self, name: str, values: Sequence[Value]) -> None:
        texts = [value.text for value in values]
        is_plain = all(text is not None and '"' not in text and "$" not in text for text in texts)
        if not texts or not name.isidentifier() or not is_plain:
            return
        self.turn("bash")
        arms = "".join(f'{number}) {name}="{text}" ;; ' for number, text in enumerate(texts[:-1]))
        self.made.mark(f'case "$any" in {arms}*) {name}="{texts[-1]}" ;; esac\n', values[0].start)

    def _words(self, value: Value) -> bool:
        """Write a command that is a list of its words, command: ["curl", "-d", ...]; return whether it is one."""
        command = value.get("command") if value.get("command") is not MISSING else value.get("entrypoint")
        words = [*command.items, *value.get("args").items] if command is not MISSING else []
        spelled = [letters(self.made.source, entry) if entry.text is not None else None for entry in words]
        if not words or not _FIRST.fullmatch(words[0].text or ""):
            return False
        self.turn("bash")
        for candidate, word in zip(spelled, words, strict=True):
            mark = "" if re.fullmatch(r"[\w./:@=-]+", word.text or "") else '"' if "'" in (word.text or "") else "'"
            if candidate is not None and (not mark or mark not in candidate[0]):
                self.made.mark(f" {mark}", word.start)
                self._copy(*candidate)
                self.made.mark(mark, word.start)
        self.made.mark("\n", words[0].start)
        self.found = True
        return True

    def _run(self, value: Value, language: str) -> None:
        if value.text is None or not language:
            return
        result = letters(self.made.source, value)
        if result is None:
            return
        if language == "bash" and re.search(r"^\s*(?:await|const|let|return) ", value.text, re.MULTILINE):
            language = "javascript"  # actions/github-script
        self.found = True
        self.turn(language)
        self._copy(*result, language=language)
        self.made.mark("\n", value.start)

    def _copy(self, text: str, places: Sequence[int], language: str = "bash") -> None:
        position, opened = 0, ""
        for match in _FILLED.finditer(text):
            opened = quoted(text, position, match.start(), opened)
            before = text[
                max(text.rfind("'", 0, match.start()), text.rfind("\n", 0, match.start())) + 1 : match.start()
            ]
            address = opened == "'" and "/" in before and "{" not in before
            self.made.add(text[position : match.start()], places[position:])
            variable = _named(match, language)
            self.made.mark(f"'\"{variable}\"'" if address else variable, places[match.start()])
            position = match.end()
        self.made.add(text[position:], places[position:])


def _language(shell: str) -> str:
    if shell.startswith(("pwsh", "powershell", "cmd")):
        return ""
    return "python" if shell.startswith("python") else "bash"


def _runs_client(text: str) -> bool:
    own = profile.active().own_command[0]
    return _CLIENT.search(text) is not None or re.search(rf"\b{re.escape(own)}\b", text) is not None


def _named(match: re.Match[str], language: str) -> str:
    """Return a variable for what is filled in, with its default."""
    path = _PATH.search(match["inside"]) if match["inside"] else None
    name = match["name"] or re.sub(r"\W", "_", path[0].removeprefix("env.") if path else "filled")
    default = _DEFAULT.search(match["inside"]) if match["inside"] else None
    if language != "bash":
        return name
    return f"${{{name}:-{default[1]}}}" if default else f"${{{name}}}"
