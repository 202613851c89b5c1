"""Queues, buses and workers: what one part of a program hands over by the name of a channel, and the function that takes it there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from krea_migrate import ir
from krea_migrate.flow.evaluator import Evaluator
from krea_migrate.flow.higher_order import named_in
from krea_migrate.flow.project import tail
from krea_migrate.flow.values import Ext, Fn, Frame, Txt, origin_of

Kind = Literal["job", "event", "message", "record", "task"]
_LISTENS = frozenset(
    {"on", "once", "addListener", "addEventListener", "handle", "subscribe", "consume", "define", "work", "listen"}
    | {"action", "createFunction"}
)
_TELLS = frozenset(
    {"emit", "publish", "send", "invoke", "now", "schedule", "every", "sendToQueue", "enqueue", "trigger"}
)
_TRIGGERS = frozenset({"trigger", "triggerAndWait", "batchTrigger", "batchTriggerAndWait", "mutate", "mutateAsync"})
_MESSAGE = frozenset(["message"])
_QUEUE = re.compile(r"queue|jobs", re.IGNORECASE)
_LINE = re.compile(r"\b(ws|wss|socket|process|child|worker|port|parentPort|self)\b", re.IGNORECASE)
_JOB = re.compile(r"(\w+\.)?Job\b")


class End(NamedTuple):
    """One end of a channel.

    Attributes:
        kind: what sort of channel it is.
        names: the names of what goes through it; nothing known, if empty.
        queues: the names of the queue itself, or the call that made the task.
        placed: the call that hands over, or the one that names the function.
        given: what is handed over, or the function that takes it.
        how: how the function is given it.
    """

    kind: Kind
    names: frozenset[str]
    queues: frozenset[object]
    placed: ir.CallSite
    given: list[ir.Node]
    how: str = ""


def link(ask: Evaluator) -> bool:
    """Add a call of each function that takes from a channel, for each place that hands something over; whether there was any."""
    modules = [one for one in list(ask.project.modules.values()) if one.dialect.passes_messages]
    takers = [one for module in modules for one in _takers(ask, module)]
    if not takers:
        return False
    givers = [one for module in modules for one in _givers(ask, module)]
    found = False
    for taker in takers:
        for giver in givers:
            if _meet(giver, taker) and ask.project.joined(giver.placed.call, taker.given[0]):
                found = True
                _call(ask, giver, taker)
    return found


def _meet(giver: End, taker: End) -> bool:
    if giver.kind != taker.kind or (giver.kind == "event" and not (giver.names and taker.names)):
        return False
    names = not giver.names or not taker.names or bool(giver.names & taker.names)
    return names and (not giver.queues or not taker.queues or bool(giver.queues & taker.queues))


def _call(ask: Evaluator, giver: End, taker: End) -> None:
    at = giver.placed.call
    name = giver.placed.call.args[0] if giver.kind == "job" and len(at.args) > 1 else ir.Opaque(0, 0)
    of = taker.given[0]
    made = ir.CallSite(
        ir.Call(at.start, at.end, of, _shaped(taker.how, giver.given, name), []), giver.placed.scope, (), True
    )
    ask.project.inner[at].append(made.call)  # it is no request by itself
    if isinstance(of, ir.Closure):
        of.function.called.append(made)
    else:
        for one in named_in(of):
            ask.project.placed[one].append(made)


def _shaped(how: str, given: list[ir.Node], name: ir.Node) -> list[ir.Node]:
    """The arguments of the function, as the library makes them."""
    first = given[0] if given else ir.Opaque(0, 0)
    if how == "plain":
        return given
    if how == "second":
        return [ir.Opaque(0, 0), *given]
    if how == "records":
        held = _dict(body=first)
        return [_dict(Records=ir.Seq(0, 0, [held]), messages=ir.Seq(0, 0, [held]))]
    job = _dict(data=first, name=name, attrs=_dict(data=first), content=first, body=first, detail=first)
    return [_dict(event=job)] if how == "event" else [job, *given]


def _dict(**members: ir.Node) -> ir.Dict:
    return ir.Dict(0, 0, [ir.Entry(ir.Str(0, 0, key), value) for key, value in members.items()])


def _texts(ask: Evaluator, node: ir.Node | None, scope: ir.Function) -> frozenset[str]:
    values = [alt.value for alt in ask.value(node, Frame(scope))] if node is not None else []
    return frozenset(one.text for one in values if isinstance(one, Txt))


def _queues(ask: Evaluator, of: ir.Node, scope: ir.Function) -> frozenset[object] | None:
    """The names of the queues that an expression is; None when it is none."""
    found: set[object] = set()
    for alt in ask.value(of, Frame(scope)):
        made = alt.value.made if isinstance(alt.value, Ext) else None
        if made is not None and tail(made.of) in ("Queue", "createQueue", "FlowProducer", "Bull"):
            where = alt.value.frame.function if isinstance(alt.value, Ext) and alt.value.frame else scope
            found |= _texts(ask, made.args[0] if made.args else None, where)
        elif not (
            isinstance(alt.value, Ext) and made is None and _QUEUE.search(alt.value.dotted)
        ) and not _QUEUE.search(ask.state.hint(of)):
            return None
    return frozenset(found)


def _takers(ask: Evaluator, module: ir.Module) -> Iterator[End]:
    for placed in list(module.calls):
        call = placed.call
        functions = [one for one in call.args if _may_take(one)]
        name = tail(call.of)
        if name in ("task", "useMutation", "createMutation") and call.args and isinstance(call.args[0], ir.Dict):
            yield from _task(ask, placed, call.args[0])
        elif name == "Worker" and len(call.args) > 1:
            takes = list(_worker(ask, call.args[1], placed))
            named = _texts(ask, call.args[0], placed.scope)
            yield from [End("job", frozenset(), named, placed, [one], "job") for one in takes]
        elif not functions or name in ("then", "map", "forEach"):
            continue
        elif name == "process" and isinstance(call.of, ir.Attr):
            queues = _queues(ask, call.of.of, placed.scope)
            names = _texts(ask, call.args[0], placed.scope) if call.args[0] is not functions[0] else frozenset[str]()
            if queues is not None:
                yield End("job", names, queues, placed, functions, "job")
        elif name in _LISTENS or name == "addListener":
            yield from _listener(ask, placed, name, functions)
    yield from _bare_takers(ask, module)


def _worker(ask: Evaluator, given: ir.Node, placed: ir.CallSite) -> Iterator[ir.Node]:
    """The function of a worker, or what the file exports that it names."""
    files = [one for one in _texts(ask, given, placed.scope) if one.endswith((".js", ".ts", ".mjs", ".cjs"))]
    if not files and _may_take(given):
        yield given
    for file in files:
        module = ask.project.imported(ir.Import("./" + file.rsplit("/", 1)[-1], None), placed.scope.module)
        for alt in ask.bindings.in_module(module, "default") if module is not None else ():
            if isinstance(alt.value, Fn):
                yield ir.Closure(0, 0, alt.value.function)


def _task(ask: Evaluator, placed: ir.CallSite, said: ir.Dict) -> Iterator[End]:
    members = {entry.key.value: entry.value for entry in said.entries if isinstance(entry.key, ir.Str)}
    run = members.get("run") or members.get("mutationFn")
    if run is not None:
        names = _texts(ask, members.get("id"), placed.scope)
        yield End("task", names, frozenset({placed.call}), placed, [run], "plain")


def _listener(ask: Evaluator, placed: ir.CallSite, name: str, functions: list[ir.Node]) -> Iterator[End]:
    first = placed.call.args[0]
    if name == "createFunction":
        events = [
            entry.value
            for one in placed.call.args
            if isinstance(one, ir.Dict)
            for entry in one.entries
            if _is_key(entry, "event")
        ]
        for one in events:
            yield End("event", _texts(ask, one, placed.scope), frozenset(), placed, functions, "event")
        return
    said = _texts(ask, first, placed.scope) if first is not functions[0] else frozenset(["message"])
    if said == _MESSAGE:
        yield End(
            "message", frozenset(), frozenset(), placed, functions, "job" if name == "addEventListener" else "plain"
        )
    elif said:
        how = (
            "second"
            if name == "handle"
            else "job"
            if name in ("define", "work", "consume", "addEventListener")
            else "plain"
        )
        yield End("event", said, frozenset(), placed, functions, how)


def _bare_takers(ask: Evaluator, module: ir.Module) -> Iterator[End]:
    """Functions that a platform calls: self.onmessage = ..., queue(batch), handler(event), process(job: Job)."""
    nowhere = ir.CallSite(ir.Call(0, 0, ir.Opaque(0, 0), [], []), module.top, ())
    for store in module.stores:
        if isinstance(store.target, ir.Attr) and store.target.name == "onmessage" and _may_take(store.value):
            yield End("message", frozenset(), frozenset(), nowhere, [store.value], "job")
    for function in module.functions:
        made = ir.Closure(0, 0, function)
        first = function.params[0] if function.params else None
        if first is None:
            continue
        if function.name in ("queue", "handler") and (b".Records" in module.source or b".messages" in module.source):
            yield End("record", frozenset(), frozenset(), nowhere, [made], "records")
        elif function.owner is not None and _JOB.match(first.annotation):
            queues = _texts(ask, function.owner.settings.get("@Processor"), module.top)
            yield End("job", frozenset(), queues, nowhere, [made], "job")


def _givers(ask: Evaluator, module: ir.Module) -> Iterator[End]:
    for placed in list(module.calls):
        call, name = placed.call, tail(placed.call.of)
        own = call.of.of if isinstance(call.of, ir.Attr) else None
        if not call.args:
            continue
        if name in ("add", "createJob", "addBulk") and own is not None:
            yield from _jobs(ask, placed, own)
        elif name in ("postMessage", "sendMessage") or (
            name == "send" and own is not None and _LINE.search(ask.state.hint(own))
        ):
            yield End("message", frozenset(), frozenset(), placed, call.args[:1])
        elif name in ("SendMessageCommand", "sendMessage") or (
            name == "send" and own is not None and _QUEUE.search(ask.state.hint(own))
        ):
            yield End(
                "record", frozenset(), frozenset(), placed, [_member(call.args[0], "MessageBody") or call.args[0]]
            )
        elif name in _TRIGGERS and not isinstance(call.args[0], ir.Str):
            held = [alt.value for alt in ask.value(own or call.of, Frame(placed.scope))]
            made = frozenset(origin[0] for one in held if (origin := origin_of(one)))
            yield from [End("task", frozenset(), made, placed, call.args[:1])] if made else []
        elif name in _TELLS:
            yield from _told(ask, placed, name)


def _jobs(ask: Evaluator, placed: ir.CallSite, own: ir.Node) -> Iterator[End]:
    args = placed.call.args
    queues = _queues(ask, own, placed.scope)
    if queues is not None:
        names = _texts(ask, args[0], placed.scope) if len(args) > 1 else frozenset[str]()
        listed = args[0].items if isinstance(args[0], ir.Seq) else []
        datas = [
            one for one in (_member(item, "data") for item in listed) if one is not None
        ]  # addBulk([{ name, data }])
        given: list[ir.Node] = [ir.Phi(0, 0, datas)] if datas else args[1:2] or args[:1]
        yield End("job", names, queues, placed, given)


def _told(ask: Evaluator, placed: ir.CallSite, name: str) -> Iterator[End]:
    args = placed.call.args
    for one in args[:1]:
        said, data = _member(one, "name"), _member(one, "data")
        if said is not None and data is not None:  # send({ name: "...", data })
            yield End("event", _texts(ask, said, placed.scope), frozenset(), placed, [data])
            return
    if name in ("schedule", "every"):
        args = args[1:]
    names = _texts(ask, args[0], placed.scope) if len(args) > 1 else frozenset[str]()
    if names and name == "trigger":
        yield End("task", names, frozenset(), placed, args[1:2])
    if names:
        yield End("event", names, frozenset(), placed, args[1:])


def _member(node: ir.Node, name: str) -> ir.Node | None:
    entries = node.entries if isinstance(node, ir.Dict) else []
    return next((entry.value for entry in entries if _is_key(entry, name)), None)


def _is_key(entry: ir.Entry, name: str) -> bool:
    return isinstance(entry.key, ir.Str) and entry.key.value == name


def _may_take(node: ir.Node) -> bool:
    return isinstance(node, (ir.Closure, ir.Name, ir.Attr))
