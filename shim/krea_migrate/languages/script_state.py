"""State of a page: const [form, setForm] = useState({...}); what setForm() is given, form may be."""

from __future__ import annotations

from krea_migrate import ir

_PAIRS = frozenset(
    {"useState", "useImmer", "useReducer", "useLocalStorage", "useSessionStorage", "useRecoilState", "useAtom"}
)


class States:
    """Knows the variables that are set by a function of their own."""

    def __init__(self) -> None:
        self._held: dict[tuple[ir.Function, str], tuple[ir.Phi, ir.Name]] = {}

    def opened(self, value: ir.Node, names: list[str], scope: ir.Function) -> ir.Node | None:
        """Return what the first name of [form, setForm] stands for, if that is a state."""
        if not isinstance(value, ir.Call) or len(names) != 2 or not value.args:
            return None
        function_name = ir.tail(value.of)
        if function_name not in _PAIRS:
            return None
        start = value.args[1] if function_name == "useReducer" and len(value.args) > 1 else value.args[0]
        if isinstance(start, ir.Closure):  # useState(() => ({...}))
            start = ir.Call(start.start, start.end, start, [], [])
        phi = ir.Phi(value.start, value.end, [start])
        self._held[scope, names[1]] = phi, ir.Name(value.start, value.end, names[0], scope, 1 << 60, ())
        return phi

    def set_by(self, call: ir.Call, scope: ir.Function) -> None:
        """Note what a call of setForm() is given: a value, or a function that makes one of the last."""
        if not isinstance(call.of, ir.Name) or len(call.args) != 1:
            return
        inside: ir.Function | None = scope
        while inside is not None:
            result = self._held.get((inside, call.of.id))
            if result is not None:
                argument = call.args[0]
                if isinstance(argument, ir.Closure):
                    argument = ir.Call(call.start, call.end, argument, [result[1]], [])
                result[0].options.append(argument)
                return
            inside = inside.outer
