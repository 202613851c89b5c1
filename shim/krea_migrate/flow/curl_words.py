"""curl as a list of words, as subprocess and spawn() take it: the address and the body are two of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from krea_migrate import ir, names
from krea_migrate.flow.evaluator import Evaluator
from krea_migrate.flow.values import Frame, GuardedValue, Many, Txt
from krea_migrate.ir import tail

_DATA = frozenset({"-d", "--data", "--data-raw", "--data-binary", "--data-ascii", "--json"})

_STARTS = frozenset(
    {"run", "Popen", "call", "check_call", "check_output", "create_subprocess_exec"}
    | {"spawn", "spawnSync", "execFile", "execFileSync", "execa", "execaSync"}
)


def may_curl(call: ir.Call) -> bool:
    """Return whether a call starts a program, or is given words of curl to start it with."""
    return tail(call.of) in _STARTS or any(
        isinstance(argument, ir.Seq) and _bodies(argument.items) for argument in call.args[:2]
    )


def curled(ask: Evaluator, call: ir.Call, frame: Frame) -> Iterator[tuple[names.Target, GuardedValue, ir.Node]]:
    """Yield the address and the body that a call is given in a list of words with an option of curl before the body."""
    for argument in call.args[:2]:
        if not isinstance(argument, (ir.Seq, ir.Name)):
            continue
        words = argument.items if isinstance(argument, ir.Seq) else _held(ask, argument, frame)
        bodies = _bodies(words)
        for word in words if bodies else ():
            for alt in ask.value(word, frame):
                if isinstance(alt.value, Txt) and "://" in alt.value.text:
                    for body in bodies:
                        yield names.target(alt.value.text, alt.value.hint), alt, body


def _bodies(words: list[ir.Node]) -> list[ir.Node]:
    return [after for before, after in pairwise(words) if isinstance(before, ir.Str) and before.value in _DATA]


def _held(ask: Evaluator, name: ir.Name, frame: Frame) -> list[ir.Node]:
    """Return the words of a list in a variable, where that is made at one place."""
    defs = name.scope.defs.get(name.id, [])
    if not any(isinstance(definition.value, ir.Seq) for definition in defs):
        return []
    lists = [alt.value.site for alt in ask.value(name, frame) if isinstance(alt.value, Many)]
    return lists[0].items if len(lists) == 1 else []
