"""The programs in YAML: what GitHub, GitLab, CircleCI, Ansible, Compose and Kubernetes run, with the variables set for it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from krea_migrate.languages.json_text import Value
from krea_migrate.languages.shell_words import quoted
from krea_migrate.languages.view import View
from krea_migrate.languages.yaml_scalars import letters

_RUNS = frozenset(
    {"run", "script", "before_script", "after_script", "command", "cmd", "cmds", "shell", "bash", "entrypoint", "args"}
)
_SETS = frozenset({"env", "variables", "vars", "environment"})
_FILLED = re.compile(r"\$\{\{(?P<inside>[^}]{0,1000})\}\}|\{\{[ \t]{0,100}\.?(?P<name>\w{1,200})[ \t]{0,100}\}\}")
_CLIENT = re.compile(r"\b(?:curl|wget|https?|xh|jq|krea)\b")
_FIRST = re.compile(r"(?:\S*/)?(?:curl|wget|http|https|xh)")
_DEFAULT = re.compile(r"\|\|\s*'([^']*)'\s*$")
_PATH = re.compile(r"[\w.-]+(?=\s*(?:\|\||$))")
_FENCE = "`" * 12
_DEEP = 60


def view(text: str, values: list[Value]) -> View | None:
    """All programs of a file as the blocks of a Markdown document; None when it has none."""
    writer = _Writer(text)
    for value in values:
        writer.walk(value, {}, 0)
    writer.turn("")
    return writer.made if writer.found else None


class _Writer:
    def __init__(self, text: str) -> None:
        self.made = View(text)
        self.language = ""
        self.found = False

    def turn(self, language: str) -> None:
        """Ends the block of one language and begins that of another."""
        if language != self.language:
            fences = f"\n{_FENCE}\n" if self.language else ""
            self.made.mark(fences + (f"\n{_FENCE}{language}\n" if language else ""), 0)
            self.language = language

    def walk(self, value: Value, outer: Mapping[str, Value], depth: int) -> None:
        """Whatever runs in a value, behind the variables that hold there."""
        if depth > _DEEP:
            return
        own = {
            each.name: each.value
            for one in value.members
            if one.name.lower() in _SETS
            for each in one.value.members
            if each.value.text is not None and each.name.isidentifier()
        }
        for name, each in own.items():
            self._set(name, each)
        self._choices(value)
        held = {one.name: one.value for one in value.members}
        language = self._language(held)
        listed = self._words(held)
        for one in value.members:
            if one.name.lower() in _RUNS and not listed:
                for each in [one.value, *one.value.items]:
                    self._run(each, language)
            self.walk(one.value, {**outer, **own}, depth + 1)
        for item in value.items:
            self.walk(item, {**outer, **own}, depth + 1)
        for name in own:
            self.turn("bash")
            if name in outer:
                self._set(name, outer[name])
            else:
                self.made.mark(f'{name}="${{{name}__}}"\n', value.start)

    @staticmethod
    def _language(held: Mapping[str, Value]) -> str:
        shell = (held["shell"].text or "") if "shell" in held else ""
        return (
            "python"
            if shell.startswith("python")
            else ""
            if shell.startswith(("pwsh", "powershell", "cmd"))
            else "bash"
        )

    def _set(self, name: str, value: Value) -> None:
        found = letters(self.made.source, value)
        if found is None or ("'" in found[0] and '"' in found[0]):
            return
        mark = "'" if '"' in found[0] else '"'
        self.turn("bash")
        self.made.mark(f"{name}={mark}", value.start)
        self._copy(found[0].rstrip("\n"), found[1])
        self.made.mark(mark + "\n", value.start)

    def _choices(self, value: Value) -> None:
        """What a matrix gives, and what an input may be."""
        held = {one.name: one.value for one in value.members}
        for each in held["matrix"].members if "matrix" in held else ():
            if each.name == "include":
                names = dict.fromkeys(one.name for item in each.value.items for one in item.members)
                for name in names:
                    self._either(
                        f"matrix_{name}", [one.value for i in each.value.items for one in i.members if one.name == name]
                    )
            else:
                self._either(f"matrix_{each.name}", each.value.items)
        for each in held["inputs"].members if "inputs" in held else ():
            options = [one.value for one in each.value.members if one.name == "options"]
            self._either(f"inputs_{each.name}", options[0].items if options else [])

    def _either(self, name: str, values: Sequence[Value]) -> None:
        texts = [one.text for one in values]
        if not texts or not name.isidentifier() or any(one is None or '"' in one or "$" in one for one in texts):
            return
        self.turn("bash")
        arms = "".join(f'{number}) {name}="{text}" ;; ' for number, text in enumerate(texts[:-1]))
        self.made.mark(f'case "$any" in {arms}*) {name}="{texts[-1]}" ;; esac\n', values[0].start)

    def _words(self, held: Mapping[str, Value]) -> bool:
        """A command as a list of its words: command: ["curl", "-d", ...]."""
        named = "command" if "command" in held else "entrypoint"
        words = [*held[named].items, *(held["args"].items if "args" in held else ())] if named in held else []
        spelled = [letters(self.made.source, one) if one.text is not None else None for one in words]
        if not words or not _FIRST.fullmatch(words[0].text or ""):
            return False
        self.turn("bash")
        for one, word in zip(spelled, words, strict=True):
            mark = "" if re.fullmatch(r"[\w./:@=-]+", word.text or "") else '"' if "'" in (word.text or "") else "'"
            if one is not None and (not mark or mark not in one[0]):
                self.made.mark(f" {mark}", word.start)
                self._copy(*one)
                self.made.mark(mark, word.start)
        self.made.mark("\n", words[0].start)
        self.found = True
        return True

    def _run(self, value: Value, language: str) -> None:
        if value.text is None or not language or (language == "bash" and not _CLIENT.search(value.text)):
            return
        found = letters(self.made.source, value)
        if found is None:
            return
        if language == "bash" and re.search(r"^\s*(?:await|const|let|return) ", value.text, re.MULTILINE):
            language = "javascript"  # actions/github-script
        self.found = True
        self.turn(language)
        self._copy(*found, language=language)
        self.made.mark("\n", value.start)

    def _copy(self, text: str, places: Sequence[int], language: str = "bash") -> None:
        done, opened = 0, ""
        for found in _FILLED.finditer(text):
            opened = quoted(text, done, found.start(), opened)
            before = text[
                max(text.rfind("'", 0, found.start()), text.rfind("\n", 0, found.start())) + 1 : found.start()
            ]
            address = opened == "'" and "/" in before and "{" not in before
            self.made.add(text[done : found.start()], places[done:])
            named = _named(found, language)
            self.made.mark(f"'\"{named}\"'" if address else named, places[found.start()])
            done = found.end()
        self.made.add(text[done:], places[done:])


def _named(found: re.Match[str], language: str) -> str:
    """A variable for what is filled in, with its default."""
    path = _PATH.search(found["inside"]) if found["inside"] else None
    name = found["name"] or re.sub(r"\W", "_", path[0].removeprefix("env.") if path else "filled")
    default = _DEFAULT.search(found["inside"]) if found["inside"] else None
    if language != "bash":
        return name
    return f"${{{name}:-{default[1]}}}" if default else f"${{{name}}}"
