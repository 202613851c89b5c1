"""Where a program sends a body: calls of any HTTP client, known by the address they are given."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from functools import cached_property, partial
from typing import NamedTuple

from krea_client.codemod_profile import Operation
from krea_migrate import ir, names, profile
from krea_migrate.flow.addresses import Addresses
from krea_migrate.flow.call_contexts import each_context
from krea_migrate.flow.callees import (
    EXPECTS,
    PRETENDS,
    is_no_client,
    may_send,
)
from krea_migrate.flow.coverage import Cut
from krea_migrate.flow.curl_words import curled, may_curl
from krea_migrate.flow.dict_members import keys
from krea_migrate.flow.evaluator import Evaluator
from krea_migrate.flow.http_clients import (
    BODIES,
    LATER,
    MAKES_CLIENT,
    OF_PAGES,
    OPTION_SETTERS,
    OPTIONS_ONLY,
    SENDS,
    OptionSetter,
)
from krea_migrate.flow.values import (
    Ext,
    Fn,
    Frame,
    GuardedValue,
    Inst,
    Kind,
    Kw,
    Obj,
    PathCondition,
    Txt,
    Unknown,
    identity,
    meet,
)
from krea_migrate.holes import HOLE
from krea_migrate.ir import tail
from krea_migrate.limits import PRECISION

_OPENS = frozenset(
    {"open", "fdopen", "StringIO", "BytesIO", "TemporaryFile", "NamedTemporaryFile", "ZipFile", "createWriteStream"}
)


_Site = ir.CallSite | ir.RequestSite


class SentRequest(NamedTuple):
    """A body, or something in it, that is sent somewhere.

    Attributes:
        target: where it goes.
        body: what it may be.
        yes, no: the branches that a run takes for that.
        scope: the function of the call.
        node: the call, or the request as the source spells it out.
        weak: a method that only its name speaks for is on the way.
        frame: the calls that lead there.
        limits: the limits of the analysis that were hit on the way.
        merged: one of very many that the call may be, which are not told apart.
    """

    target: names.Target
    body: GuardedValue
    yes: PathCondition
    no: PathCondition
    scope: ir.Function
    node: ir.Node
    weak: bool
    frame: Frame
    limits: frozenset[str] = frozenset()
    merged: bool = False


class Finder:
    """Finds every request of a project.

    Attributes:
        cuts: the calls of which not everything was seen, once all requests were found.
    """

    def __init__(self, evaluator: Evaluator) -> None:
        self.ask = evaluator
        self._addresses = Addresses(evaluator)
        self.cuts: list[Cut] = []

    @cached_property
    def clients(self) -> frozenset[str]:
        """The names of clients that are functions themselves: const http = axios.create(...), http({ url, data })."""
        return frozenset(
            name
            for module in list(self.ask.project.modules.values())
            for scope in (module.top, *module.functions)
            for name, defs in scope.defs.items()
            if any(
                isinstance(definition.value, ir.Call) and tail(definition.value.of) in MAKES_CLIENT
                for definition in defs
            )
        )

    def all(self) -> Iterator[SentRequest]:
        """Yield every request; of those that are not told apart, one."""
        merged: set[Hashable] = set()
        for request in self._every():
            if request.merged:
                key = request.node, request.target, identity(request.body.value), request.weak
                if key in merged:
                    continue
                merged.add(key)
            yield request

    def _every(self) -> Iterator[SentRequest]:
        for module in list(self.ask.project.modules.values()):
            for call_site in list(module.calls):
                name = tail(call_site.call.of)
                if name in LATER and not call_site.call.args:
                    continue  # match.end(), or a request without a body
                if self._may_be_request(call_site.call, name):
                    yield from self._of_call(call_site, name)
            for site in module.requests:
                yield from self._each_context(site, partial(self._spelled_out, site))
            for store in module.stores:
                if isinstance(store.target, ir.Attr) and store.target.name in ("data", "body"):
                    # request.data = body, as request.write(body)
                    of = ir.Attr(store.target.start, store.target.end, store.target.of, "write", -1)
                    call = ir.Call(of.start, of.end, of, [store.value], [])
                    yield from self._of_call(ir.CallSite(call, store.scope, store.path), "write")

    def _may_be_request(self, call: ir.Call, name: str) -> bool:
        return name in OPTION_SETTERS or may_send(name) or name in self.clients or _is_config(call) or may_curl(call)

    def _of_call(self, site: ir.CallSite, name: str) -> Iterator[SentRequest]:
        return self._each_context(site, partial(self._sent, site, name))

    def _each_context(
        self, site: _Site, sender: Callable[[Frame, bool], Iterator[SentRequest]]
    ) -> Iterator[SentRequest]:
        """Yield what a call or request sends, as every known chain of callers makes it."""

        def look(frame: Frame, weak: bool) -> list[SentRequest]:
            requests = list(sender(frame, weak))
            limits = self.ask.state.observe()
            if len(requests) > PRECISION.records:
                requests = [request._replace(yes=frozenset(), no=frozenset(), merged=True) for request in requests]
            if not limits:
                return requests
            self.cuts.append(
                Cut(site.scope, site.node, limits, tuple(dict.fromkeys(request.target for request in requests)))
            )
            return [request._replace(limits=limits) for request in requests]

        self.ask.state.observe()
        yield from list(each_context(self.ask, site.scope, site.weak, look))
        limits = self.ask.state.observe()  # hit while further callers were looked for
        if limits:
            self.cuts.append(Cut(site.scope, site.node, limits, ()))

    def _spelled_out(self, site: ir.RequestSite, frame: Frame, weak: bool) -> Iterator[SentRequest]:
        for target, address in self._addresses.of_request(site.node, frame):
            for body in self._values(site.node.bodies, frame):
                yield from self._pair(target, address, body, site, frame, weak=weak)

    def _sent(self, site: ir.CallSite, name: str, frame: Frame, weak: bool) -> Iterator[SentRequest]:
        call = site.call
        for target, address, node in curled(self.ask, call, frame):
            for body in self._values([node], frame):
                yield from self._pair(target, address, body, site, frame, weak=weak)
        if name in OPTION_SETTERS:
            yield from self._by_options(OPTION_SETTERS[name], site, frame, weak=weak)
        elif not is_no_client(self.ask.state.hint(call.of.of) if isinstance(call.of, ir.Attr) else ""):
            yield from self._called(site, name, frame, weak=weak)

    def _called(self, site: ir.CallSite, name: str, frame: Frame, *, weak: bool) -> Iterator[SentRequest]:
        call = site.call
        handed_functions = [
            of for inner in self.ask.project.inner.get(call, ()) for of in self.ask.value(inner.of, frame)
        ]
        callees = [*self.ask.value(call.of, frame), *handed_functions]
        if any(isinstance(of.value, (Fn, Kind)) for of in callees):  # a helper of the tree: looked at inside
            callees = [
                of for of in callees if isinstance(of.value, Ext) and of.value.made is None and not handed_functions
            ]
            if not callees:
                return
        for of in callees:
            if isinstance(of.value, Ext):
                if PRETENDS.search(of.value.dotted):
                    return  # what a test's server answers
                if of.value.dotted.startswith(profile.active().own_clients) and name in profile.active().own_calls:
                    yield from self._ours(site, frame, weak=weak)
                    return
                if of.value.made is not None and name in LATER:
                    yield from self._later(of.value, site, frame, weak=weak)
        if name != "subscribe":  # of stores and of queues, too
            yield from self._plain(site, name, frame, weak=weak)

    def _by_options(
        self, setter: OptionSetter, site: ir.CallSite, frame: Frame, *, weak: bool
    ) -> Iterator[SentRequest]:
        """Yield handle.setopt(pycurl.POSTFIELDS, body), where handle.setopt(pycurl.URL, address) stands beside it."""
        args = site.call.args
        if len(args) != 2 or tail(args[0]) not in setter.body:
            return
        for sibling in self.ask.project.placed.get(setter.method, ()):
            options = sibling.call.args
            if len(options) != 2 or tail(options[0]) not in setter.address or not _is_of_same(sibling, site):
                continue
            there = frame if sibling.scope is site.scope else Frame(sibling.scope)
            for address in self.ask.value(options[1], there):
                text = (
                    address.value if isinstance(address.value, Txt) else Txt(HOLE, getattr(address.value, "hint", ""))
                )
                for body in self._values(args[1:], frame):
                    yield from self._pair(names.target(text.text, text.hint), address, body, site, frame, weak=weak)

    def _ours(self, site: ir.CallSite, frame: Frame, *, weak: bool) -> Iterator[SentRequest]:
        for target, address, body in self._by_model(site.call, frame):
            yield from self._pair(target, address, body, site, frame, weak=weak)

    def _plain(self, site: ir.CallSite, name: str, frame: Frame, *, weak: bool) -> Iterator[SentRequest]:
        """Yield a call that is given an address and a body."""
        call = site.call
        if name not in LATER or len(call.args) + len(call.words) > 1:
            for target, address in self._addresses.of_call(call, name, frame):
                is_sender = name in SENDS or name in self.clients or _is_config(call, address)
                unsaid = not is_sender or (target.kind == "operation" and self._baseless(address, call, frame))
                for body in self._bodies(call, name, frame):
                    yield from self._pair(target, address, body, site, frame, weak=weak or unsaid)

    def _baseless(self, address: GuardedValue, call: ir.Call, frame: Frame) -> bool:
        """Return whether a path alone is given to something unknown: it may be the program's own server."""
        if not isinstance(address.value, Txt) or "://" in address.value.text or address.value.text.startswith(HOLE):
            return False
        if profile.active().names(f"{address.value.hint} {self.ask.state.hint(call.of)}"):
            return False
        if not isinstance(call.of, ir.Attr):  # fetch("/generate/...") of a page, if no base is given beside
            bases = [argument for argument in call.args if isinstance(argument, ir.Dict) and _names_base(argument)]
            return isinstance(call.of, ir.Name) and call.of.id in OF_PAGES and not bases
        return not any(
            isinstance(alt.value, Ext) and alt.value.made is not None for alt in self.ask.value(call.of.of, frame)
        )

    def _pair(
        self,
        target: names.Target,
        address: GuardedValue,
        body: GuardedValue,
        site: _Site,
        frame: Frame,
        *,
        weak: bool,
    ) -> Iterator[SentRequest]:
        conditions = meet((address.yes, address.no), (body.yes, body.no))
        way = frozenset(step for step in site.path if not step[0].startswith("loop:"))
        conditions = meet(conditions, (way, frozenset())) if conditions is not None else None
        if conditions is not None:
            yield SentRequest(target, body, *conditions, site.scope, site.node, weak, frame)

    def _by_model(self, call: ir.Call, frame: Frame) -> Iterator[tuple[names.Target, GuardedValue, GuardedValue]]:
        """Yield krea.run("z-image/z-image", {...}) or (..., prompt=...), and krea.subscribe("z-image/z-image", { input: {...} })."""
        if not call.args:
            return
        for model in self.ask.value(call.args[0], frame):
            if isinstance(model.value, Txt) and HOLE not in model.value.text:
                operation = _of_model(model.value.text)
                target = (
                    names.Target("operation", (operation,), operation.model)
                    if operation
                    else names.Target("none", (), "")
                )
            elif isinstance(model.value, (Txt, Unknown)):
                target = names.Target("dynamic", tuple(names.table().by_path.values()), profile.active().title)
            else:
                continue
            for body in self._values(call.args[1:2], frame):
                if tail(call.of) != "subscribe":
                    yield target, model, body
                elif isinstance(body.value, Obj):
                    for inner in self.ask.members.entry(body.value, "input"):
                        yield target, model, inner
            if call.words:
                yield target, model, GuardedValue(Kw(call, frame.function, frame))

    def _later(self, maker: Ext, site: ir.CallSite, frame: Frame, *, weak: bool) -> Iterator[SentRequest]:
        """Yield request.write(body), superagent.post(url).send(body)."""
        if maker.made is None:
            return
        opened = maker.made
        if tail(opened.of) in _OPENS:
            return
        if maker.dotted.startswith("XMLHttpRequest()"):  # its address is given to open()
            there = [opening.call for opening in self.ask.project.placed["open"] if opening.scope is site.scope]
            opened = there[-1] if there else opened
        while isinstance(opened.of, ir.Attr) and isinstance(opened.of.of, ir.Call):
            opened = opened.of.of  # superagent.post(url).type("json").send(body)
        for target, address in self._addresses.of_call(opened, tail(opened.of), maker.frame or frame):
            for body in self._values(site.call.args[:1], frame):
                yield from self._pair(target, address, body, site, frame, weak=weak)

    def _values(self, nodes: list[ir.Node], frame: Frame | None) -> Iterator[GuardedValue]:
        for node in nodes:
            for alt in self.ask.value(node, frame):
                loaded = isinstance(alt.value, Ext) and alt.value.dotted.startswith("file:")
                if loaded or isinstance(alt.value, (Obj, Kw, Inst, Unknown, Txt)):
                    yield alt

    def _bodies(self, call: ir.Call, name: str, frame: Frame) -> Iterator[GuardedValue]:
        words = [word.value for word in call.words if word.name in BODIES]
        for word in call.words:
            if word.name is None:  # requests.post(url, **options)
                words += [word.value]
        bodies = list(self._values(words, frame))
        for alt in bodies:
            yield from self._inside(alt)
        if not bodies:
            bare = name not in (OPTIONS_ONLY | self.clients) or frame.function.module.dialect.has_keywords
            for alt in self._values(call.args, frame):
                yield from self._inside(alt, bare=bare)

    def _inside(self, alt: GuardedValue, *, bare: bool = True) -> Iterator[GuardedValue]:
        """Yield the body in the options that fetch and axios take, or the value itself."""
        if isinstance(alt.value, (Obj, Kw)):
            member_names = keys(alt.value)
            site = alt.value.site
            if isinstance(site, ir.Call) and tail(site.of) == "assign" and self.ask.members.entry(alt.value, "method"):
                member_names = member_names | {"method"}  # Object.assign({ method: "POST" }, { body })
            if member_names & {"method", "headers", "url", "hostname", "body", "json", "data", "timeout"}:
                for name in ("body", "json", "data", "payload"):
                    for inner in self.ask.members.entry(alt.value, name):
                        conditions = meet((alt.yes, alt.no), (inner.yes, inner.no))
                        if conditions is not None:
                            yield GuardedValue(inner.value, *conditions)
                return
        if bare:
            yield alt


def _is_of_same(first_site: ir.CallSite, second_site: ir.CallSite) -> bool:
    """Return whether two calls of methods are of the same object, as far as its name says so: in one function, or of one class."""
    if first_site.scope is not second_site.scope and (
        first_site.scope.owner is None or first_site.scope.owner is not second_site.scope.owner
    ):
        return False
    first, second = first_site.call.of, second_site.call.of
    return isinstance(first, ir.Attr) and isinstance(second, ir.Attr) and tail(first.of) == tail(second.of) != ""


def _is_config(call: ir.Call, address: GuardedValue | None = None) -> bool:
    """Return whether a call is given options with a method, a body and an address, whatever the call is named."""
    if EXPECTS.match(tail(call.of)):
        return False
    for options in (options for options in call.args[:2] if isinstance(options, ir.Dict)):
        option_names = {entry.key.value for entry in options.entries if isinstance(entry.key, ir.Str)}
        full = (
            address is not None
            and isinstance(address.value, Txt)
            and f"{profile.active().domain}/" in address.value.text
        )
        if (
            "method" in option_names
            and option_names & {"body", "data", "json", "payload"}
            and (full or option_names & {"url", "uri"})
        ):
            return True
    return False


def _names_base(options: ir.Dict) -> bool:
    option_names = {entry.key.value for entry in options.entries if isinstance(entry.key, ir.Str)}
    return bool(option_names & {"baseURL", "baseUrl", "prefixUrl", "base"})


def _of_model(model: str) -> Operation | None:
    """Return the operation of a model's id: in full, without its kind, or as a path."""
    paths = names.table().by_path
    prefix = profile.active().prefix
    full = model.strip("/").removeprefix(prefix.strip("/") + "/")
    fitting = [paths.get(prefix + full), *(paths.get(f"{prefix}{kind}/{full}") for kind in profile.active().kinds)]
    operations = [operation for operation in fitting if operation is not None]
    return operations[0] if len(operations) == 1 else None
