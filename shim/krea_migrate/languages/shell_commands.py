"""What commands of a shell print, and the requests that some of them make."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from krea_migrate import ir
from krea_migrate.languages import jq, shell_clients, shell_programs
from krea_migrate.languages.shell_files import ShellFiles
from krea_migrate.languages.shell_words import ShellWord

_SET = re.compile(r"([A-Za-z_]\w*)(\+?)=")
_ENTRIES = re.compile(r"\$\{(\w+)\[[@*]\](?::?[-+][^}]*)?\}")
_DECLARES = frozenset({"export", "local", "readonly", "declare", "typeset"})
_SAME = frozenset({"envsubst", "tr", "head", "tail", "pv", "sponge"})  # what they are fed comes out
_SILENT = frozenset(
    {"[", "[[", "test", "set", "return", "exit", "cd", "sleep", "shopt", "trap", "true", "false", ":", "rm"}
)
# How many words belong to an option of jq.
_OF_JQ = {"--arg": 2, "--argjson": 2, "--slurpfile": 2, "--rawfile": 2, "--indent": 1, "-L": 1, "-o": 1, "-p": 1}
_OPTION = re.compile(r"-[a-zA-Z]+(?:=\w+)?|--[a-z-]+(?:=\w+)?")
_FOLLOWED = (ir.Str, ir.Text, ir.Name, ir.Dict, ir.Call, ir.Phi)
_CAMEL = re.compile(r"[a-z][A-Z]")
_ESCAPED = re.compile(r'\\(?=[\\"$`])')


class ShellCommands:
    """Follows what is set, printed and sent.

    Args:
        files: knows the files and variables of the program.
    """

    def __init__(self, files: ShellFiles) -> None:
        self._files = files
        self._scopes = files.scopes
        self.lists: dict[str, Sequence[ShellWord]] = {}
        self._known: dict[str, Callable[[Sequence[ShellWord], ir.Node | None], ir.Node | None]] = {
            **dict.fromkeys((".", "source"), self._sourced),
            **dict.fromkeys(("echo", "printf"), self._printed),
            **dict.fromkeys(_DECLARES, self._declared),
            **dict.fromkeys(_SAME, self._same),
            "cat": self._files.files,
            "tee": self._files.copied,
            **dict.fromkeys(("find", "ls", "fd"), self._files.listed),
            "for": self._files.looped,
            "sed": self._edited,
            **dict.fromkeys(("jq", "yq", "gojq", "jaq"), self._jq),
            **dict.fromkeys(("mv", "cp"), self._files.moved_to),
            "read": self._files.taken,
            "shift": self._shifted,
        }

    def command(self, words: Sequence[ShellWord], fed: ir.Node | None) -> ir.Node | None:
        """Look at one command; gives what it prints."""
        arguments = list(self._spelled_out(words))
        while arguments and _SET.match(arguments[0].raw):
            self._set(arguments.pop(0))
        arguments = self._files.handed(arguments, fed)
        if not arguments:
            return None
        name = arguments[0].raw.rsplit("/", 1)[-1].strip("\"'")
        client = shell_clients.where(arguments)
        if client is not None:
            shell_clients.send(self._files, arguments[client:], fed)
            return self._scopes.opaque()
        language = shell_programs.language_of(name)
        if language is not None:
            return shell_programs.output(self._files, language, arguments[1:], fed)
        existing = self._known.get(name)
        if existing is not None:
            return existing(arguments if name in _DECLARES else arguments[1:], fed)
        return None if name in _SILENT or arguments[0].raw.startswith("$") else self._own(name, arguments, fed)

    def _spelled_out(self, words: Sequence[ShellWord]) -> Iterator[ShellWord]:
        """Yield the words, with those of arrays in the place of "${array[@]}"."""
        for word in words:
            match = _ENTRIES.fullmatch(word.raw.strip('"'))
            if match and match[1] in self.lists:
                yield from self.lists[match[1]]
            else:
                yield word

    def _set(self, word: ShellWord) -> None:
        match = _SET.match(word.raw)
        if match is not None:
            value = self._files.node(word, match.end())
            if match[2]:
                before = self._scopes.named(match[1], word.start, word.start)
                value = ir.Text(value.start, value.end, [before, value])
            self._files.define(match[1], value)

    def _declared(self, words: Sequence[ShellWord], _fed: ir.Node | None) -> None:
        for word in words[1:]:
            match = _SET.match(word.raw)
            name = match[1] if match else word.raw
            if self._scopes.is_inside and words[0].raw not in ("export", "readonly") and name.isidentifier():
                self._files.kept_in.add((self._scopes.scope, name))
            self._set(word)

    def _sourced(self, words: Sequence[ShellWord], _fed: ir.Node | None) -> None:
        last = words[0].parts[-1] if words and words[0].parts else None
        if isinstance(last, ir.Str):
            self._scopes.module.stars.append(ir.Import(last.value, None))

    def _printed(self, words: Sequence[ShellWord], _fed: ir.Node | None) -> ir.Node | None:
        """Return what echo and printf print; what printf fills in is left as it stands in its format."""
        plain = [word for word in words if word.raw not in ("-n", "-e", "-ne", "-E", "--")]
        into = plain[1].raw if len(plain) > 2 and plain[0].raw == "-v" else ""
        plain = plain[2:] if into else plain
        if not plain:
            return None
        result = self._files.node(plain[0])
        if isinstance(result, ir.Str) and re.fullmatch(r"%s(?:\\n)?", result.value) and len(plain) == 2:
            result = self._files.node(plain[1])
        elif isinstance(result, ir.Str) and len(plain) > 1 and not result.value.lstrip().startswith("{"):
            result = self._scopes.opaque()
        if into:
            self._files.define(into, result)
        return None if into else result

    def _same(self, _words: Sequence[ShellWord], fed: ir.Node | None) -> ir.Node:
        return fed or self._files.stdin()

    def _shifted(self, words: Sequence[ShellWord], _fed: ir.Node | None) -> None:
        self._scopes.moved += int(words[0].raw) if words and words[0].raw.isdigit() else 1

    def _own(self, name: str, words: Sequence[ShellWord], fed: ir.Node | None) -> ir.Node | None:
        """Return a function of the program, or something that is not known."""
        if not re.fullmatch(r"[A-Za-z_][\w:.-]*", name):
            return None
        start, end = self._scopes.span(words[0].start, words[-1].end)
        of = ir.Name(start, self._scopes.place(words[0].end), name, self._scopes.module.top, self._scopes.order, ())
        args = [self._files.node(word) for word in words[1:]]
        for number, word in enumerate(words[1:]):
            if word.raw.strip('"') == "$@":
                args[number] = ir.Spread(*self._scopes.span(word.start, word.end), args[number])
        call = ir.Call(start, end, of, args, [ir.Word("<", fed or self._files.stdin(), -1)])
        for entry in shell_clients.given(self._files, words[1:], fed):
            if entry.name in ("data", "url") and isinstance(entry.value, _FOLLOWED):
                call.words.append(ir.Word("@" + entry.name, entry.value, -1))
        return self._scopes.called(call)

    def _jq(self, words: Sequence[ShellWord], fed: ir.Node | None) -> ir.Node:
        variables: dict[str, ir.Node] = {}
        program: ShellWord | None = None
        argument, following = fed, iter(words)
        loaded, slurps = list[ShellWord](), False
        for word in following:
            option = word.raw
            if option in _OF_JQ:
                values = list(islice(following, _OF_JQ[option]))
                if len(values) == 2:
                    loads = option in ("--slurpfile", "--rawfile")
                    variables[values[0].raw] = self._slurped([values[1]]) if loads else self._files.node(values[1])
            elif option in ("--args", "--jsonargs", "-f", "--from-file"):
                break
            elif _OPTION.fullmatch(option):
                slurps |= option == "--slurp" or ("s" in option and not option.startswith("--") and "=" not in option)
                plain = option.startswith("--") or "=" in option or not set(option) & set("nsR")
                if not plain or option in ("--null-input", "--slurp", "--raw-input"):
                    argument = self._scopes.opaque(word.start)
            elif program is None:
                program = word
            else:
                loaded.append(word)
                argument = self._slurped(loaded) if slurps else self._files.loaded(word)
        if program is None:
            return self._scopes.opaque()
        if argument is fed and program.raw.strip("'\"").endswith((".yaml", ".yml")):  # yq -o json body.yaml
            return self._files.loaded(program)
        text, places = self._spelled(program)
        return jq.Reader(self._scopes, text, places, variables).run(argument or self._files.stdin())

    def _slurped(self, words: Sequence[ShellWord]) -> ir.Node:
        """Return the values of files, as a list."""
        span = self._scopes.span(words[0].start, words[-1].end)
        return ir.Seq(*span, [self._files.loaded(word) for word in words])

    def _edited(self, words: Sequence[ShellWord], fed: ir.Node | None) -> ir.Node:
        """Return sed: the text it is fed, or that of a file, unless it may change names in it."""
        if any(_CAMEL.search(word.raw) and not word.raw.endswith(".json") for word in words):
            return self._scopes.opaque()
        names_file = bool(words) and fed is None and "." in words[-1].raw[-5:]
        return self._files.loaded(words[-1]) if names_file else fed or self._files.stdin()

    def _spelled(self, word: ShellWord) -> tuple[str, list[int]]:
        """Return the text of a word as the command sees it, and where each of its letters stands; null for what is filled in."""
        text: list[str] = []
        places: list[int] = []
        for part in word.parts:
            if not isinstance(part, ir.Str):
                text.append("(null)")
                places += [part.start] * 6
                continue
            raw = self._scopes.module.source[part.start : part.end].decode("utf-8", "surrogateescape")
            at = part.start
            escaped = {match.start() for match in _ESCAPED.finditer(raw)} if part.inner < 0 else set[int]()
            escaped_at = -1
            for number, letter in enumerate(raw):
                if number in escaped and number != escaped_at:
                    escaped_at = number + 1
                else:
                    text.append(letter)
                    places.append(at)
                at += len(letter.encode("utf-8", "surrogateescape"))
        return "".join(text), [*places, self._scopes.place(word.end)]
