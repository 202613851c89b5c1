"""The address that a call is given: in an argument, in its options, behind the base of its client."""

from __future__ import annotations

from collections.abc import Iterator

from krea_migrate import ir, names
from krea_migrate.flow.evaluator import Evaluator
from krea_migrate.flow.http_clients import ADDRESSES, BASES
from krea_migrate.flow.values import Ext, Frame, GuardedValue, Obj, Txt, Unknown, meet
from krea_migrate.holes import HOLE
from krea_migrate.ir import tail

_CHAIN = ".url()"


class Addresses:
    """Asks the evaluator for addresses."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.ask = evaluator
        self._made: set[ir.Call] = set()  # requests whose address is being looked up: one may be made of itself

    def of_call(self, call: ir.Call, name: str, frame: Frame | None) -> Iterator[tuple[names.Target, GuardedValue]]:
        """Yield where a call goes, by its arguments, its options or the base of its client."""
        words = {word.name: word.value for word in call.words if word.name}
        address_nodes = [words[name] for name in ADDRESSES if name in words]
        method = words.get("method") or (call.args[0] if name in ("request", "build_request") and call.args else None)
        if method is not None and self._reads_only(method, frame):
            return
        spread = [word.value for word in call.words if word.name is None]
        chained = self._chained(call, frame)
        if chained is not None and not address_nodes:
            yield names.target(chained.text, chained.hint), GuardedValue(chained)
            return
        unknown: list[tuple[names.Target, GuardedValue]] = []
        for node in address_nodes or call.args or spread:
            targets = list(self._address(node, call, frame))
            if unknown:  # send(session, address, body): only what surely is an address of the API counts
                targets = [pair for pair in targets if pair[0].kind in ("operation", "dynamic")]
            if any(not isinstance(alt.value, Unknown) for _, alt in targets):
                yield from targets
                return
            unknown = unknown or targets
        yield from unknown

    def of_request(self, request: ir.RequestNode, frame: Frame | None) -> Iterator[tuple[names.Target, GuardedValue]]:
        """Yield where a request goes that the source spells out; nothing when it only reads."""
        if request.address is None or (request.method is not None and self._reads_only(request.method, frame)):
            return
        for alt in self.ask.value(request.address, frame):
            if isinstance(alt.value, Txt):
                yield names.target(alt.value.text, alt.value.hint), alt
            elif isinstance(alt.value, Unknown):
                yield names.target(HOLE, alt.value.hint or self.ask.state.hint(request.address)), alt

    def _chained(self, call: ir.Call, frame: Frame | None) -> Txt | None:
        """Return wretch(base).url(path).post(body): the address is put together by the calls before."""
        receivers = self.ask.value(call.of.of, frame) if isinstance(call.of, ir.Attr) else []
        maker = next(
            (alt.value for alt in receivers if isinstance(alt.value, Ext) and _CHAIN in alt.value.dotted), None
        )
        pieces = self._text(call.args[1:2], frame) if maker is not None else []
        for step, inside in self._steps(maker):
            pieces += self._text(step.args[:1], inside) if tail(step.of) in ("url", "wretch") else []
        text = "".join(reversed(pieces))
        return Txt(text) if "://" in text else None

    def _text(self, nodes: list[ir.Node], frame: Frame | None) -> list[str]:
        values = [alt.value for node in nodes for alt in self.ask.value(node, frame)]
        return [value.text for value in values if isinstance(value, Txt)][:1]

    def _steps(self, maker: Ext | None) -> Iterator[tuple[ir.Call, Frame | None]]:
        """Yield the calls that made something, the last one first."""
        visited: set[tuple[ir.Call, int]] = set()  # one that is made of itself, in a loop, is told once
        while maker is not None and maker.made is not None:
            at = maker.made, maker.frame.key if maker.frame is not None else 0
            if at in visited:
                return
            visited.add(at)
            yield maker.made, maker.frame
            of = maker.made.of
            before = self.ask.value(of.of, maker.frame) if isinstance(of, ir.Attr) else []
            maker = next((alt.value for alt in before if isinstance(alt.value, Ext)), None)

    def _reads_only(self, method: ir.Node, frame: Frame | None) -> bool:
        methods = [alt.value.text for alt in self.ask.value(method, frame) if isinstance(alt.value, Txt)]
        return bool(methods) and all(verb.upper() in ("GET", "HEAD", "DELETE", "OPTIONS") for verb in methods)

    def _address(
        self, node: ir.Node, call: ir.Call, frame: Frame | None
    ) -> Iterator[tuple[names.Target, GuardedValue]]:
        for alt in self.ask.value(node, frame):
            match alt.value:
                case Txt() if (alt.value.text.isupper() and alt.value.text.isalpha()) or alt.value.text == "post":
                    return  # the method
                case Txt():
                    yield self._at_base(alt.value, call, frame), alt
                case Unknown():
                    yield names.target(HOLE, alt.value.hint or self.ask.state.hint(node)), alt
                case Obj():
                    yield from self._in_options(alt, call)
                case Ext() if alt.value.made is not None and tail(alt.value.made.of) in ("Request", "build_request"):
                    # urlopen(Request(url), data=body)
                    yield from self._of_request(alt.value.made, alt.value.frame or frame)
                    return
                case _:
                    continue

    def _of_request(self, call: ir.Call, frame: Frame | None) -> Iterator[tuple[names.Target, GuardedValue]]:
        if call in self._made:
            return
        self._made.add(call)
        try:
            yield from list(self.of_call(call, tail(call.of), frame))
        finally:
            self._made.discard(call)

    def _in_options(self, of: GuardedValue, call: ir.Call) -> Iterator[tuple[names.Target, GuardedValue]]:
        if not isinstance(of.value, Obj):
            return
        for name in ADDRESSES:
            for alt in self.ask.members.entry(of.value, name):
                conditions = meet((of.yes, of.no), (alt.yes, alt.no))
                path = alt.value
                if conditions is None or not isinstance(path, Txt):
                    continue
                hosts = [*self.ask.members.entry(of.value, "hostname"), *self.ask.members.entry(of.value, "host")]
                hosts += self.ask.members.entry(of.value, "baseURL")
                host = next((part.value.text for part in hosts if isinstance(part.value, Txt)), "")
                full = Txt((host if "://" in host else f"https://{host}" if host else "") + path.text, path.hint)
                yield self._at_base(full, call, of.value.frame), GuardedValue(full if host else path, *conditions)

    def _at_base(self, address: Txt, call: ir.Call, frame: Frame | None) -> names.Target:
        """Return the address, behind the base of the client that it is given to."""
        if "://" in address.text or address.text.startswith(HOLE):
            return names.target(address.text, address.hint)
        base = self._base(call.of, frame)
        if base is None:
            return names.target(address.text, f"{address.hint} {self.ask.state.hint(call.of)}")
        text = f"{base.text.rstrip('/')}/{address.text.lstrip('/')}"
        return names.target(text if "://" in text or text.startswith(HOLE) else "https://" + text, base.hint)

    def _base(self, of: ir.Node, frame: Frame | None) -> Txt | None:
        own = of.of if isinstance(of, ir.Attr) else of
        for alt in self.ask.value(own, frame):
            maker = alt.value.made if isinstance(alt.value, Ext) else None
            inside = alt.value.frame if isinstance(alt.value, Ext) else None
            if maker is None:
                continue
            words = {word.name: word.value for word in maker.words}
            nodes = [words[name] for name in BASES if name in words]
            for node in nodes or maker.args[:1]:
                for candidate in self.ask.value(node, inside):
                    base = candidate
                    if isinstance(base.value, Obj):
                        options = [
                            *self.ask.members.entry(base.value, "baseURL"),
                            *self.ask.members.entry(base.value, "prefixUrl"),
                        ]
                        base = next((name for name in options if isinstance(name.value, Txt)), base)
                    if isinstance(base.value, Txt):
                        return base.value
        return None
