"""Queues, buses and workers: what one part of a program hands over by the name of a channel, and the function that takes it there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from krea_migrate import ir
from krea_migrate.flow.evaluator import Evaluator
from krea_migrate.flow.higher_order import named_in
from krea_migrate.flow.values import Ext, Fn, Frame, Txt, origin_of
from krea_migrate.ir import tail

Kind = Literal["job", "event", "message", "record", "task"]
LISTENS = frozenset(
    {"on", "once", "addListener", "addEventListener", "handle", "subscribe", "consume", "define", "work", "listen"}
    | {"action", "createFunction"}
)
TELLS = frozenset(
    {"emit", "publish", "send", "invoke", "now", "schedule", "every", "sendToQueue", "enqueue", "trigger"}
)
TRIGGERS = frozenset({"trigger", "triggerAndWait", "batchTrigger", "batchTriggerAndWait", "mutate", "mutateAsync"})
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
    modules = [end for end in list(ask.project.modules.values()) if end.dialect.passes_messages]
    takers = [end for module in modules for end in _takers(ask, module)]
    if not takers:
        return False
    givers = [end for module in modules for end in _givers(ask, module)]
    is_linked = False
    for taker in takers:
        for giver in givers:
            if _meet(giver, taker) and ask.project.joined(giver.placed.call, taker.given[0]):
                is_linked = True
                _call(ask, giver, taker)
    return is_linked


def _meet(giver: End, taker: End) -> bool:
    if giver.kind != taker.kind or (giver.kind == "event" and not (giver.names and taker.names)):
        return False
    names = not giver.names or not taker.names or bool(giver.names & taker.names)
    return names and (not giver.queues or not taker.queues or bool(giver.queues & taker.queues))


def _call(ask: Evaluator, giver: End, taker: End) -> None:
    at = giver.placed.call
    name = giver.placed.call.args[0] if giver.kind == "job" and len(at.args) > 1 else ir.Opaque(0, 0)
    of = taker.given[0]
    site = ir.CallSite(
        ir.Call(at.start, at.end, of, _shaped(taker.how, giver.given, name), []), giver.placed.scope, (), True
    )
    ask.project.inner[at].append(site.call)  # it is no request by itself
    if isinstance(of, ir.Closure):
        of.function.called.append(site)
    else:
        for word in named_in(of):
            ask.project.placed[word].append(site)


def _shaped(how: str, arguments: list[ir.Node], name: ir.Node) -> list[ir.Node]:
    """Return the arguments of the function, as the library makes them."""
    first = arguments[0] if arguments else ir.Opaque(0, 0)
    if how == "plain":
        return arguments
    if how == "second":
        return [ir.Opaque(0, 0), *arguments]
    if how == "records":
        message = _dict(body=first)
        return [_dict(Records=ir.Seq(0, 0, [message]), messages=ir.Seq(0, 0, [message]))]
    job = _dict(data=first, name=name, attrs=_dict(data=first), content=first, body=first, detail=first)
    return [_dict(event=job)] if how == "event" else [job, *arguments]


def _dict(**members: ir.Node) -> ir.Dict:
    return ir.Dict(0, 0, [ir.Entry(ir.Str(0, 0, key), value) for key, value in members.items()])


def _texts(ask: Evaluator, node: ir.Node | None, scope: ir.Function) -> frozenset[str]:
    values = [alt.value for alt in ask.value(node, Frame(scope))] if node is not None else []
    return frozenset(value.text for value in values if isinstance(value, Txt))


def _queues(ask: Evaluator, of: ir.Node, scope: ir.Function) -> frozenset[object] | None:
    """Return the names of the queues that an expression is; None when it is none."""
    queues: set[object] = set()
    for alt in ask.value(of, Frame(scope)):
        maker = alt.value.made if isinstance(alt.value, Ext) else None
        if maker is not None and tail(maker.of) in ("Queue", "createQueue", "FlowProducer", "Bull"):
            where = alt.value.frame.function if isinstance(alt.value, Ext) and alt.value.frame else scope
            queues |= _texts(ask, maker.args[0] if maker.args else None, where)
        elif not (
            isinstance(alt.value, Ext) and maker is None and _QUEUE.search(alt.value.dotted)
        ) and not _QUEUE.search(ask.state.hint(of)):
            return None
    return frozenset(queues)


def _takers(ask: Evaluator, module: ir.Module) -> Iterator[End]:
    for site in list(module.calls):
        call = site.call
        functions = [function for function in call.args if _may_take(function)]
        name = tail(call.of)
        if name in ("task", "useMutation", "createMutation") and call.args and isinstance(call.args[0], ir.Dict):
            yield from _task(ask, site, call.args[0])
        elif name == "Worker" and len(call.args) > 1:
            takes = list(_worker(ask, call.args[1], site))
            queue_names = _texts(ask, call.args[0], site.scope)
            yield from [End("job", frozenset(), queue_names, site, [function], "job") for function in takes]
        elif not functions or name in ("then", "map", "forEach"):
            continue
        elif name == "process" and isinstance(call.of, ir.Attr):
            queues = _queues(ask, call.of.of, site.scope)
            names = _texts(ask, call.args[0], site.scope) if call.args[0] is not functions[0] else frozenset[str]()
            if queues is not None:
                yield End("job", names, queues, site, functions, "job")
        elif name in LISTENS or name == "addListener":
            yield from _listener(ask, site, name, functions)
    yield from _bare_takers(ask, module)


def _worker(ask: Evaluator, function: ir.Node, site: ir.CallSite) -> Iterator[ir.Node]:
    """Yield the function of a worker, or what the file exports that it names."""
    files = [path for path in _texts(ask, function, site.scope) if path.endswith((".js", ".ts", ".mjs", ".cjs"))]
    if not files and _may_take(function):
        yield function
    for file in files:
        module = ask.project.imported(ir.Import("./" + file.rsplit("/", 1)[-1], None), site.scope.module)
        for alt in ask.bindings.in_module(module, "default") if module is not None else ():
            if isinstance(alt.value, Fn):
                yield ir.Closure(0, 0, alt.value.function)


def _task(ask: Evaluator, site: ir.CallSite, options: ir.Dict) -> Iterator[End]:
    members = {entry.key.value: entry.value for entry in options.entries if isinstance(entry.key, ir.Str)}
    run = members.get("run") or members.get("mutationFn")
    if run is not None:
        names = _texts(ask, members.get("id"), site.scope)
        yield End("task", names, frozenset({site.call}), site, [run], "plain")


def _listener(ask: Evaluator, site: ir.CallSite, name: str, functions: list[ir.Node]) -> Iterator[End]:
    first = site.call.args[0]
    if name == "createFunction":
        events = [
            entry.value
            for argument in site.call.args
            if isinstance(argument, ir.Dict)
            for entry in argument.entries
            if _is_key(entry, "event")
        ]
        for event in events:
            yield End("event", _texts(ask, event, site.scope), frozenset(), site, functions, "event")
        return
    names = _texts(ask, first, site.scope) if first is not functions[0] else frozenset(["message"])
    if names == _MESSAGE:
        yield End(
            "message", frozenset(), frozenset(), site, functions, "job" if name == "addEventListener" else "plain"
        )
    elif names:
        how = (
            "second"
            if name == "handle"
            else "job"
            if name in ("define", "work", "consume", "addEventListener")
            else "plain"
        )
        yield End("event", names, frozenset(), site, functions, how)


def _bare_takers(ask: Evaluator, module: ir.Module) -> Iterator[End]:
    """Yield functions that a platform calls: self.onmessage = ..., queue(batch), handler(event), process(job: Job)."""
    nowhere = ir.CallSite(ir.Call(0, 0, ir.Opaque(0, 0), [], []), module.top, ())
    for store in module.stores:
        if isinstance(store.target, ir.Attr) and store.target.name == "onmessage" and _may_take(store.value):
            yield End("message", frozenset(), frozenset(), nowhere, [store.value], "job")
    for function in module.functions:
        closure = ir.Closure(0, 0, function)
        first = function.params[0] if function.params else None
        if first is None:
            continue
        if function.name in ("queue", "handler") and (b".Records" in module.source or b".messages" in module.source):
            yield End("record", frozenset(), frozenset(), nowhere, [closure], "records")
        elif function.owner is not None and _JOB.match(first.annotation):
            queues = _texts(ask, function.owner.settings.get("@Processor"), module.top)
            yield End("job", frozenset(), queues, nowhere, [closure], "job")


def _givers(ask: Evaluator, module: ir.Module) -> Iterator[End]:
    for site in list(module.calls):
        call, name = site.call, tail(site.call.of)
        own = call.of.of if isinstance(call.of, ir.Attr) else None
        if not call.args:
            continue
        if name in ("add", "createJob", "addBulk") and own is not None:
            yield from _jobs(ask, site, own)
        elif name in ("postMessage", "sendMessage") or (
            name == "send" and own is not None and _LINE.search(ask.state.hint(own))
        ):
            yield End("message", frozenset(), frozenset(), site, call.args[:1])
        elif name in ("SendMessageCommand", "sendMessage") or (
            name == "send" and own is not None and _QUEUE.search(ask.state.hint(own))
        ):
            yield End("record", frozenset(), frozenset(), site, [_member(call.args[0], "MessageBody") or call.args[0]])
        elif name in TRIGGERS and not isinstance(call.args[0], ir.Str):
            values = [alt.value for alt in ask.value(own or call.of, Frame(site.scope))]
            tasks = frozenset(origin[0] for value in values if (origin := origin_of(value)))
            yield from [End("task", frozenset(), tasks, site, call.args[:1])] if tasks else []
        elif name in TELLS:
            yield from _told(ask, site, name)


def _jobs(ask: Evaluator, site: ir.CallSite, own: ir.Node) -> Iterator[End]:
    args = site.call.args
    queues = _queues(ask, own, site.scope)
    if queues is not None:
        names = _texts(ask, args[0], site.scope) if len(args) > 1 else frozenset[str]()
        listed = args[0].items if isinstance(args[0], ir.Seq) else []
        # addBulk([{ name, data }])
        datas = [
            payload_item for payload_item in (_member(item, "data") for item in listed) if payload_item is not None
        ]
        payload: list[ir.Node] = [ir.Phi(0, 0, datas)] if datas else args[1:2] or args[:1]
        yield End("job", names, queues, site, payload)


def _told(ask: Evaluator, site: ir.CallSite, name: str) -> Iterator[End]:
    args = site.call.args
    for message in args[:1]:
        event_name, data = _member(message, "name"), _member(message, "data")
        if event_name is not None and data is not None:  # send({ name: "...", data })
            yield End("event", _texts(ask, event_name, site.scope), frozenset(), site, [data])
            return
    if name in ("schedule", "every"):
        args = args[1:]
    names = _texts(ask, args[0], site.scope) if len(args) > 1 else frozenset[str]()
    if names and name == "trigger":
        yield End("task", names, frozenset(), site, args[1:2])
    if names:
        yield End("event", names, frozenset(), site, args[1:])


def _member(node: ir.Node, name: str) -> ir.Node | None:
    entries = node.entries if isinstance(node, ir.Dict) else []
    return next((entry.value for entry in entries if _is_key(entry, name)), None)


def _is_key(entry: ir.Entry, name: str) -> bool:
    return isinstance(entry.key, ir.Str) and entry.key.value == name


def _may_take(node: ir.Node) -> bool:
    return isinstance(node, (ir.Closure, ir.Name, ir.Attr))
