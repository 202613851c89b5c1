"""What an expression may stand for, and under which choices of branches it does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from itertools import count
from typing import NamedTuple

from krea_migrate import ir
from krea_migrate.holes import HOLE

Origin = tuple[ir.Node | ir.Param | str, ...]
PathCondition = frozenset[tuple[str, int]]
Key = int  # the same one for all frames, or instances, that say the same
_keys: dict[tuple[object, ...], Key] = {}
_numbers = count(1)
Branches = tuple[PathCondition, PathCondition]  # arms that a run takes, and arms that it must not take
NONE: PathCondition = frozenset()
WEAK: PathCondition = frozenset({("weak", 0)})  # only the name of a method speaks for this way


def _key(*parts: object) -> Key:
    return _keys.get(parts) or _keys.setdefault(parts, next(_numbers))


def forget_keys() -> None:
    """Forget the keys of all frames and instances, before another project is read."""
    _keys.clear()


@dataclass(eq=False, slots=True)
class Frame:
    """A function that is looked at as it was called from one place; without a call it may be called from anywhere."""

    function: ir.Function
    call: ir.Call | None = None
    parent: Frame | None = None
    own: Inst | None = None  # what self or this is
    bound: bool = False  # the first parameter is self
    around: Frame | None = None  # the call of the function around it that made it
    key: Key = field(init=False, repr=False)  # the same for all frames that say the same

    def __post_init__(self) -> None:
        own = self.own.key if self.own is not None else 0
        above = self.parent.key if self.parent is not None else 0
        around = self.around.key if self.around is not None else 0
        self.key = _key(self.function, self.call, above, own, self.bound, around)

    def root(self) -> Frame:
        """Return the outermost caller that is known."""
        return self.parent.root() if self.parent is not None else self

    @property
    def root_call(self) -> ir.Call | None:
        """The outermost call that is known."""
        above = self.parent.root_call if self.parent is not None else None
        return above or self.call

    def under(self, root: Frame) -> Frame:
        """Return the same calls, with another outermost caller."""
        if self.parent is None:
            return root
        around = self.around
        if around is not None and around.root().function is self.root().function:
            around = around.under(root)
        return Frame(self.function, self.call, self.parent.under(root), self.own, self.bound, around)

    def of(self, function: ir.Function) -> Frame | None:
        """Return the frame of a function among the callers."""
        if self.function is function:
            return self
        maker_frame = self.around.of(function) if self.around is not None else None
        if maker_frame is not None:
            return maker_frame
        return self.parent.of(function) if self.parent is not None else None

    @property
    def chain(self) -> tuple[ir.Call, ...]:
        """The calls that led here, the last one first."""
        if self.call is None:
            return ()
        return (self.call, *(self.parent.chain if self.parent is not None else ()))

    @property
    def depth(self) -> int:
        """How many calls are known."""
        return 1 + (self.parent.depth if self.parent is not None else 0)


@dataclass(frozen=True, slots=True)
class Txt:
    """A text, with holes; `hint` names what fills them, `tokens` are the constants that it comes from."""

    text: str
    hint: str = ""
    tokens: tuple[ir.Str, ...] = ()

    def followed_by(self, text: Txt) -> Txt:
        """Return both texts as one."""
        return Txt(self.text + text.text, f"{self.hint} {text.hint}".strip(), self.tokens + text.tokens)


@dataclass(eq=False, slots=True)
class Obj:
    """A dict or object made at one place of the source."""

    site: ir.Node
    frame: Frame | None


@dataclass(eq=False, slots=True)
class Kw:
    """The keywords of a call that a function takes as **keywords."""

    site: ir.Call
    function: ir.Function
    frame: Frame | None


@dataclass(eq=False, slots=True)
class Inst:
    """An instance of a class of the tree; `call` made it, where that is known; `above`: super(), what this class inherits."""

    cls: ir.Class
    call: ir.Call | None = None
    frame: Frame | None = None
    above: ir.Class | None = None

    @property
    def key(self) -> Key:
        """The same for all that say the same."""
        return _key(self.cls, self.call, self.frame.key if self.frame is not None else 0, self.above)


@dataclass(eq=False, slots=True)
class Kind:
    """A class of the tree."""

    cls: ir.Class


@dataclass(eq=False, slots=True)
class Fn:
    """A function of the tree, the object that it is a method of, and the partial() that gave arguments ahead.

    `around` is the call that made it, of the function that it stands in.
    """

    function: ir.Function
    own: Inst | None = None
    ahead: ir.Call | None = None
    around: Frame | None = None

    def on(self, own: Inst | None) -> Fn:
        """Return the same method of another object."""
        return Fn(self.function, own, self.ahead, self.around)


@dataclass(eq=False, slots=True)
class Mod:
    """A module of the tree."""

    module: ir.Module


@dataclass(eq=False, slots=True)
class Ext:
    """Something of a library; `made` is the call that gave it, for a client and its methods."""

    dotted: str
    made: ir.Call | None = None
    frame: Frame | None = None


@dataclass(eq=False, slots=True)
class Many:
    """A list, tuple or array."""

    site: ir.Seq
    frame: Frame | None


@dataclass(eq=False, slots=True)
class Pair:
    """A key and its value, from a loop over the items of a dict."""

    key: Value
    value: ir.Node
    frame: Frame | None


@dataclass(frozen=True, slots=True)
class Unknown:
    """What cannot be followed.

    Attributes:
        hint: how the source calls it.
        origin: where it came in, and its keys since then.
        limit: the limit of the analysis that was hit, when it is unknown because of that.
    """

    hint: str = ""
    origin: Origin = ()
    limit: str = ""


RECURSION = Unknown("recursion")

Value = Txt | Obj | Kw | Inst | Kind | Fn | Mod | Ext | Many | Pair | Unknown


class GuardedValue(NamedTuple):
    """A value that an expression may have, the arms of branches that it takes for that, and the arms it must not take."""

    value: Value
    yes: PathCondition = NONE
    no: PathCondition = NONE


def identity(value: Value) -> Hashable:
    """Return what is the same for all values that say the same."""
    match value:
        case Txt() | Unknown():
            return value
        case Obj(site=site, frame=frame) | Many(site=site, frame=frame):
            return "site", site, _frame_key(frame)
        case Kw(site=site, function=function, frame=frame):
            return "keywords", site, function, _frame_key(frame)
        case Ext(dotted=dotted, made=maker, frame=frame):
            return "library", dotted, maker, _frame_key(frame)
        case Fn(function=function, own=own, ahead=ahead, around=around):
            return "function", function, own.key if own is not None else 0, ahead, _frame_key(around)
        case Pair(key=key, value=node, frame=frame):
            return "pair", identity(key), node, _frame_key(frame)
        case Inst():
            return "instance", value.key
        case Kind(cls=cls):
            return "class", cls
        case Mod(module=module):
            return "module", module


def growth_of(value: Value, least: int) -> int:
    """Return how many members of members a value is, or how often a text repeats a constant or a hole."""
    match value:
        case Txt(text=text, tokens=tokens):
            repeated = max(Counter(tokens).values()) if len(tokens) > least else 0
            return max(repeated, text.count(HOLE))
        case Unknown(origin=origin):
            return len(origin)
        case Ext(dotted=dotted):
            return dotted.count(".") + dotted.count("#")
        case _:
            return 0


def distinct(alts: Iterable[GuardedValue]) -> list[GuardedValue]:
    """Return each value once for the same branches: members of members of unknown values would multiply."""
    return list({(identity(alt.value), alt.yes, alt.no): alt for alt in reversed(list(alts))}.values())[::-1]


def _frame_key(frame: Frame | None) -> Key:
    return frame.key if frame is not None else 0


def made_within(frame: Frame | None) -> Frame | None:
    """Return the call that makes a function within another one."""
    return frame if frame is not None and frame.call is not None else None


def origin_of(value: object) -> Origin:
    """Return where a value came in that nothing else is known of."""
    if isinstance(value, Unknown):
        return value.origin
    return (value.made,) if isinstance(value, Ext) and value.made is not None else ()


def come_in(alt: GuardedValue, node: ir.Call | ir.Element) -> GuardedValue:
    """Note where an unknown value comes in."""
    if isinstance(alt.value, Unknown) and not alt.value.origin and not alt.value.limit and alt.value != RECURSION:
        return GuardedValue(Unknown(alt.value.hint, (node,)), alt.yes, alt.no)
    return alt


def meet(first: Branches, second: Branches) -> Branches | None:
    """Return both sets of choices, or None when no run of the program can make both."""
    if not (second[0] or second[1]):
        return first
    if not (first[0] or first[1]):
        return second
    yes, no = first[0] | second[0], first[1] | second[1]
    if yes & no:
        return None
    arms: dict[str, int] = {}
    for block, arm in yes:
        if arms.setdefault(block, arm) != arm:
            return None
    return yes, no


def path_condition(path: ir.Path) -> PathCondition:
    """Return the exclusive branches on a path."""
    return frozenset([step for step in path if not step[0].startswith("loop:")]) if path else NONE


def restricted(alts: Iterable[GuardedValue], yes: PathCondition, no: PathCondition = NONE) -> list[GuardedValue]:
    """Return the values that agree with more choices."""
    if not yes and not no:
        return list(alts)
    values: list[GuardedValue] = []
    for alt in alts:
        conditions = meet((alt.yes, alt.no), (yes, no))
        if conditions is not None:
            values.append(GuardedValue(alt.value, *conditions))
    return values


def earlier(alts: Iterable[GuardedValue]) -> list[GuardedValue]:
    """Return values of an earlier round of a loop, where each element, row and return may have been another one."""
    kinds = ("each:", "entry:", "return:")
    return [
        GuardedValue(
            alt.value,
            frozenset(step for step in alt.yes if not step[0].startswith(kinds)),
            frozenset(step for step in alt.no if not step[0].startswith(kinds)),
        )
        for alt in alts
    ]
