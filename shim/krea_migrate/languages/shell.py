"""Shell: variables, functions, pipes and branches, and what the clients and jq in them are given."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from krea_migrate import ir, time_limit
from krea_migrate.languages.dialects import SHELL
from krea_migrate.languages.shell_commands import ShellCommands
from krea_migrate.languages.shell_files import ShellFiles
from krea_migrate.languages.shell_scopes import ShellScopes
from krea_migrate.languages.shell_words import ShellWord, Words

_LIST = re.compile(r"([A-Za-z_]\w*)(\+?)=\(")
_FUNCTION = re.compile(r"[ \t]*\([ \t]*\)")
_REDIRECT = re.compile(r"(?P<number>\d*)(?P<mark>>>|>\||>&|&>>|&>|<>|<&|>|<)[ \t]*")
_PATTERN = re.compile(r"[ \t\r\n]*(?!esac\b)\(?(?:'[^']*'|\"[^\"]*\"|[^)'\"\n])*\)")
_OPENS = frozenset({"if", "while", "until", "for", "select", "case"})
_STEPS = frozenset({"then", "elif", "else", "do", "!", "time"})
_CLOSES = frozenset({"fi", "done", "esac", "}"})
_RESERVED = _OPENS | _STEPS | _CLOSES | {"{"}
_SPACE = re.compile(r"[ \t]*")
_IN = re.compile(r"\s+in\b")
_SHIFT = re.compile(r"\bshift\b(?:[ \t]+(\d{1,4}))?")
_POSITION = re.compile(r"\$(?:\{(\d{1,4})\b|(\d))")


@dataclass(slots=True)
class _Block:
    """What `if`, `case`, a loop, a bracket or the body of a function opens, and what is restored at its end."""

    kind: str
    path: ir.Path
    name: str
    arm: int = 0
    scope: ir.Function | None = None
    moved: int = 0


@dataclass(slots=True)
class _Run:
    """The commands up to a mark, as far as they are read: the open blocks, the command, what it is fed and where it writes."""

    closing: str
    kept: ir.Path
    blocks: list[_Block] = field(default_factory=list["_Block"])
    words: list[ShellWord] = field(default_factory=list[ShellWord])
    fed: ir.Node | None = None
    file: str = ""
    appends: bool = False
    outputs: list[ir.Node] = field(default_factory=list[ir.Node])
    chain: str = ""  # the commands joined by && and || that are read
    begins: str = ""  # the function whose body comes next


def read(text: bytes, file: str) -> ir.Module:
    """Return one shell file."""
    module = ir.Module(file, file, SHELL, text)
    add(module, text, 0)
    return module


def add(module: ir.Module, text: bytes, shift: int) -> None:
    """Add the commands of a text that begins `shift` bytes into the file."""
    _ShellReader(ShellScopes(module, text.decode("utf-8", "surrogateescape"), shift)).run("")


class _ShellReader:
    """Reads commands, and the blocks that they stand in."""

    def __init__(self, scopes: ShellScopes) -> None:
        self._scopes = scopes
        self._words = Words(scopes, self.output)
        self._files = ShellFiles(scopes, self._words)
        self._commands = ShellCommands(self._files)

    def output(self, closing: str) -> ir.Node:
        """Return what the commands up to a closing mark print."""
        start, before = self._scopes.at, self._scopes.closing
        self._scopes.closing = closing
        outputs = self.run(closing).outputs
        self._scopes.closing = before
        existing = [entry for entry in outputs if not isinstance(entry, ir.Opaque)]
        if len(existing) == 1:
            return existing[0]
        if not existing:
            return self._scopes.opaque(start)
        return ir.Phi(*self._scopes.span(start, self._scopes.at), existing)

    def run(self, closing: str) -> _Run:
        """Read commands up to a closing mark, which is passed."""
        run = _Run(closing, self._scopes.path)
        while not self._scopes.is_over:
            time_limit.check()
            letter = self._scopes.letter
            if letter == closing and (closing == "`" or not self._subshell(run)):
                self._scopes.at += 1
                break
            if letter in "\n;|&":
                self._separated(run, letter)
            elif letter in "()":
                self._bracket(run, letter)
            elif not self._passed_over(run, letter):
                self._worded(run)
        self._end(run)
        self._scopes.path = run.kept
        return run

    @staticmethod
    def _subshell(run: _Run) -> bool:
        return any(block.kind == "(" for block in run.blocks)

    def _separated(self, run: _Run, letter: str) -> None:
        """End a command."""
        double = self._scopes.begins(";;", "||", "&&")
        self._scopes.at += 2 if double else 1
        if letter == "\n":
            self._scopes.at = self._words.passed(self._scopes.at)
        if letter == "|" and not double:
            self._scopes.at += self._scopes.begins("&")
            run.fed = self._command(run)
            return
        self._end(run)
        if double and letter in "|&":
            run.chain = run.chain or f"list:{self._scopes.shift}:{self._scopes.order}"
            self._scopes.path = (*self._around(run), (run.chain, 0 if letter == "&" else 1))
        else:
            run.chain = ""
            self._scopes.path = self._around(run)
        top = run.blocks[-1] if run.blocks else None
        if double and letter == ";" and top is not None and top.kind == "case":
            top.arm += 1
            self._arm(top)

    @staticmethod
    def _around(run: _Run) -> ir.Path:
        top = run.blocks[-1] if run.blocks else None
        if top is None:
            return run.kept
        return (*top.path, (top.name, top.arm)) if top.name else top.path

    def _arm(self, block: _Block) -> None:
        """Read the pattern of the next arm of a case."""
        self._scopes.skip(_PATTERN)
        self._scopes.path = (*block.path, (block.name, block.arm))

    def _bracket(self, run: _Run, letter: str) -> None:
        self._scopes.at += 1
        if letter == "(":
            run.blocks.append(_Block("(", self._scopes.path, ""))
            return
        self._end(run)
        if self._subshell(run):
            while run.blocks.pop().kind != "(":
                pass
        self._scopes.path = self._around(run)

    def _passed_over(self, run: _Run, letter: str) -> bool:
        """Pass space, comments and redirections, which are no words of the command; return whether there was one."""
        if letter in " \t\r":
            self._scopes.at += 1
        elif self._scopes.begins("\\\n", "\\\r\n"):
            self._scopes.at += 2 if self._scopes.text[self._scopes.at + 1] == "\n" else 3
        elif letter == "#" and (self._scopes.at == 0 or self._scopes.text[self._scopes.at - 1] in " \t\n;("):
            end = self._scopes.text.find("\n", self._scopes.at, self._scopes.stop)
            self._scopes.at = self._scopes.stop if end < 0 else end
        elif self._scopes.begins("<<<"):
            self._scopes.at += 3
            self._scopes.skip(_SPACE)
            run.fed = self._files.node(self._words.word())
        elif (here := self._words.heredoc()) is not None:
            run.fed = here
        elif match := self._scopes.match(_REDIRECT):
            self._redirect(run, match)
        else:
            return False
        return True

    def _redirect(self, run: _Run, match: re.Match[str]) -> None:
        self._scopes.at = match.end()
        if self._scopes.letter == "(":  # <(command)
            self._scopes.at += 1
            output = self.output(")")
            run.fed = output if match["mark"] == "<" else run.fed
            return
        word = self._words.word()
        name = word.raw.strip("'\"")
        if match["mark"] == "<":
            run.fed = self._files.loaded(word)
        elif match["number"] in ("", "1") and match["mark"] in (">", ">>", ">|"):
            run.file, run.appends = name, match["mark"] == ">>"
        elif match["mark"] == ">&" and word.raw == "2":
            run.file = "/dev/stderr"

    def _worded(self, run: _Run) -> None:
        """Read a word of a command, or one that begins or ends a block."""
        if match := self._scopes.match(_LIST):
            self._list(match)
            return
        word = self._words.word()
        if run.words and run.words[0].raw == "for" and len(run.words) > 1:
            run.words.append(word)
        elif not run.words and word.raw in _RESERVED:
            self._reserved(run, word)
        elif not run.words and (match := self._scopes.match(_FUNCTION)):
            self._scopes.at = match.end()
            run.begins = word.raw
        elif run.words and run.words[0].raw == "function":
            self._scopes.skip(_FUNCTION)
            run.words, run.begins = [], word.raw
        else:
            run.words.append(word)

    def _list(self, match: re.Match[str]) -> None:
        """Read the words of an array: args=(-d "$body")."""
        self._scopes.at, contents = match.end(), list[ShellWord]()
        while not self._scopes.is_over and self._scopes.letter != ")":
            letter = self._scopes.letter
            if letter in " \t\r\n":
                self._scopes.at += 1
            elif letter in "#\\" and self._passed_over(_Run("", ()), letter):
                continue
            else:
                before = self._scopes.at
                contents.append(self._words.word())
                self._scopes.at += self._scopes.at == before
        self._scopes.at += 1
        self._commands.lists[match[1]] = [*self._commands.lists.get(match[1], ()), *contents] if match[2] else contents

    def _reserved(self, run: _Run, word: ShellWord) -> None:
        kind = word.raw
        top = run.blocks[-1] if run.blocks else None
        if kind in _OPENS:
            around = "loop" if kind not in ("if", "case") else self._scopes.shift
            run.blocks.append(_Block(kind, self._scopes.path, f"{around}:{word.start}"))
            if kind == "case":
                self._case(run.blocks[-1])
            elif kind in ("for", "select"):
                run.words.append(word)
        elif kind == "{":
            self._body(run)
        elif kind in _CLOSES and top is not None:
            self._closed(run.blocks.pop())
        elif top is not None and kind in ("then", "else", "elif"):
            top.arm += kind != "then"
            self._scopes.path = (*top.path, (top.name, top.arm))
        elif top is not None and kind == "do":
            self._scopes.path = (*top.path, (top.name, 0))

    def _case(self, block: _Block) -> None:
        self._scopes.at = len(self._scopes.text) - len(self._scopes.text[self._scopes.at :].lstrip(" \t"))
        self._words.word()
        self._scopes.skip(_IN)
        self._arm(block)

    @cached_property
    def _positions(self) -> int:
        """How many parameters the functions of this program read by their number, after `shift` too."""
        text = self._scopes.text
        numbers = [int(match[1] or match[2]) for match in _POSITION.finditer(text)]
        return max(numbers, default=0) + sum(int(match[1] or 1) for match in _SHIFT.finditer(text))

    def _params(self) -> list[ir.Param]:
        """Return the parameters of one function."""
        streams = [ir.Param(name, None, "kw") for name in ("<", "@data", "@url")]
        return [*(ir.Param(str(number)) for number in range(1, self._positions + 1)), *streams]

    def _body(self, run: _Run) -> None:
        """Read the brace that opens a group or a function."""
        if not run.begins:
            run.blocks.append(_Block("{", self._scopes.path, ""))
            return
        module, start = self._scopes.module, self._scopes.place(self._scopes.at)
        function = ir.Function(run.begins, module, module.top, params=self._params(), start=start)
        module.functions.append(function)
        self._scopes.order += 1
        module.top.defs.setdefault(function.name, []).append(ir.Def(function, self._scopes.order, self._scopes.path))
        run.blocks.append(_Block("{", self._scopes.path, "", 0, self._scopes.scope, self._scopes.moved))
        self._scopes.scope, self._scopes.path, self._scopes.moved, run.begins = function, (), 0, ""
        run.blocks[-1].name = f"loop:function:{function.start}"

    def _closed(self, block: _Block) -> None:
        self._scopes.path = block.path
        if block.scope is not None:
            self._scopes.scope, self._scopes.moved = block.scope, block.moved

    def _end(self, run: _Run) -> None:
        """End a pipe: what its last command prints goes to a file, to the command around it, or out of the function."""
        command = self._command(run)
        if command is None or isinstance(command, ir.Opaque):
            return
        if run.closing:
            run.outputs.append(command)
        elif self._scopes.is_inside:
            self._scopes.scope.returns.append(command)

    def _command(self, run: _Run) -> ir.Node | None:
        words, fed, file, appends = run.words, run.fed, run.file, run.appends
        run.words, run.fed, run.file, run.appends = [], None, "", False
        self._scopes.order += 2
        result = self._commands.command(words, fed) if words else None
        if fed is not None and not words:
            result = fed if self._scopes.closing == ")" else None  # $(<file)
            self._files.fed_with(fed)
        if not file:
            return result
        if result is not None and not file.startswith("/dev/"):
            self._files.write(file, self._scopes.opaque() if appends else result)
        return result if file == "/dev/stdout" else None
