"""What Python, JavaScript and shell have in common, as far as a value is followed through it: the tree that every reader makes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Protocol

# The way into a branch: (block, arm) pairs; of the arms of one block only one is taken.
Path = tuple[tuple[str, int], ...]
_numbers = count(1)


class ModuleAliases(Protocol):
    """What the files of a tree say that its own modules are called."""

    def of(self, spec: str, importer: str) -> list[str]:
        """Return the paths that a name stands for, the nearest first; some may be no files."""
        ...


@dataclass(slots=True, eq=False)
class Node:
    """An expression, and where its text stands in the bytes of the file."""

    start: int
    end: int
    _number: int = field(init=False, default=0, repr=False)

    @property
    def number(self) -> int:
        """The id of the node, the same as long as it lives."""
        if not self._number:
            self._number = next(_numbers)
        return self._number


@dataclass(slots=True, eq=False)
class Str(Node):
    """A constant text. `inner` is where its letters begin when they stand in the file as they are, else -1."""

    value: str
    inner: int = -1
    shorthand: bool = False  # the letters name a variable too: const { key } = given


@dataclass(slots=True, eq=False)
class Text(Node):
    """A text put together of parts: f-string, template literal, addition."""

    parts: list[Node]


@dataclass(slots=True, eq=False)
class Name(Node):
    """A name that is read; `scope`, `order` and `path` say what it may stand for there."""

    id: str
    scope: Function
    order: int
    path: Path


@dataclass(slots=True, eq=False)
class Attr(Node):
    """A member by its name; `at` is where the name begins."""

    of: Node
    name: str
    at: int


@dataclass(slots=True, eq=False)
class Item(Node):
    """A member by a key."""

    of: Node
    key: Node


@dataclass(slots=True, eq=False)
class Word:
    """A keyword argument; without a name it is spread. `at` is where the name begins."""

    name: str | None
    value: Node
    at: int


@dataclass(slots=True, eq=False)
class Call(Node):
    """A call."""

    of: Node
    args: list[Node]
    words: list[Word]


@dataclass(slots=True, eq=False)
class Entry:
    """One member of a dict or object; without a key it is spread. `bare`: the key is a word without quotes.

    `given` is what a shorthand stands for, where that is not the name itself.
    """

    key: Node | None
    value: Node
    bare: bool = False
    shorthand: bool = False
    given: str = ""


@dataclass(slots=True, eq=False)
class Dict(Node):
    """A dict or object literal; `without`: what is spread into it gives all members but these."""

    entries: list[Entry]
    without: frozenset[str] = frozenset()


@dataclass(slots=True, eq=False)
class Seq(Node):
    """A list, tuple, set or array."""

    items: list[Node]


@dataclass(slots=True, eq=False)
class Spread(Node):
    """Members of another value, spread into a list or call."""

    value: Node


@dataclass(slots=True, eq=False)
class Phi(Node):
    """One of several values: conditional expressions, `or`, `??`; with a block its arms from `first` on, as an `if` has them."""

    options: list[Node]
    block: str = ""
    first: int = 0


@dataclass(slots=True, eq=False)
class Element(Node):
    """An element of what is looped over."""

    of: Node


@dataclass(slots=True, eq=False)
class Comprehension(Node):
    """A dict made in a loop."""

    key: Node
    value: Node


@dataclass(slots=True, eq=False)
class Closure(Node):
    """A function as a value."""

    function: Function


@dataclass(slots=True, eq=False)
class Opaque(Node):
    """What is not followed."""


@dataclass(slots=True, eq=False)
class Def:
    """One binding of a name."""

    value: Node | Function | Class | Import | None
    order: int
    path: Path
    annotation: str = ""


@dataclass(slots=True, eq=False)
class Import:
    """A name from another module; `name` is None for the module itself."""

    module: str
    name: str | None
    level: int = 0


@dataclass(slots=True, eq=False)
class Param:
    """A parameter; kind is "", "*", "**" or "kw"."""

    name: str
    default: Node | None = None
    kind: str = ""
    annotation: str = ""
    at: int = -1  # where its name begins, as far as a reader says so


@dataclass(slots=True, eq=False)
class Function:
    """A function, or a module's own lines."""

    name: str
    module: Module
    outer: Function | None = None
    owner: Class | None = None
    params: list[Param] = field(default_factory=list[Param])
    defs: dict[str, list[Def]] = field(default_factory=dict[str, list[Def]])
    returns: list[Node] = field(default_factory=list[Node])
    yielded: Seq = field(default_factory=lambda: Seq(0, 0, []))  # what a generator gives
    marks: frozenset[str] = frozenset()  # decorators
    start: int = 0
    called: list[CallSite] = field(default_factory=list["CallSite"])  # where it is written: rows.map(function)
    gives: str = ""  # the type that it says it returns
    number: int = field(init=False, default_factory=_numbers.__next__)  # its id

    def __repr__(self) -> str:
        return f"Function({self.name!r})"

    def bound(self, name: str) -> list[Node]:
        """Return the expressions that a name is bound to here."""
        return [binding.value for binding in self.defs.get(name, ()) if isinstance(binding.value, Node)]


@dataclass(slots=True, eq=False)
class Field:
    """A declared member of a class, interface or TypedDict."""

    name: str
    at: int
    value: Node | None
    order: int
    alias: Str | None = None  # its key in what is written
    takes: Str | None = None  # its key for the constructor


@dataclass(slots=True, eq=False)
class Class:
    """A class; an interface is one without methods."""

    name: str
    module: Module
    bases: list[Node] = field(default_factory=list[Node])
    fields: dict[str, Field] = field(default_factory=dict[str, Field])
    methods: dict[str, Function] = field(default_factory=dict[str, Function])
    marks: frozenset[str] = frozenset()
    start: int = 0
    settings: dict[str, Node] = field(default_factory=dict[str, Node])  # what it says of itself: model_config, rename=


@dataclass(slots=True, eq=False)
class Assignment:
    """A member that is set: `target = value`."""

    target: Item | Attr
    value: Node
    path: Path
    scope: Function
    drops: bool = False  # del body["x"]


@dataclass(slots=True, eq=False)
class RequestNode(Node):
    """A request that the source spells out, such as a command of curl; calls of HTTP clients are found by the analysis."""

    address: Node | None
    bodies: list[Node]
    method: Node | None = None


@dataclass(slots=True, eq=False)
class Test:
    """`key in body`."""

    key: Node
    of: Node


@dataclass(slots=True, eq=False)
class CallSite:
    """A call and where it stands; `weak`: it is made up of what prose says."""

    call: Call
    scope: Function
    path: Path
    weak: bool = False

    @property
    def node(self) -> Node:
        """What stands there."""
        return self.call


@dataclass(slots=True, eq=False)
class RequestSite:
    """A request that the source spells out, and where it stands; `weak`: it is made up of what prose says."""

    node: RequestNode
    scope: Function
    path: Path
    weak: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Dialect:
    """What the analysis asks of a language; it never asks which one it is.

    Attributes:
        name: of the language.
        files: gives the ends of the paths that an import may mean, for the import, the importer and the tree's own names of modules.
        self_is_parameter: a method takes its object as its first parameter.
        fields_are_arguments: a class has a constructor that takes its fields.
        attributes_are_members: body.prompt is body["prompt"], and a method may be called by a key.
        has_keywords: arguments have names, so that a function takes no object of options.
        imports_data: an import may name a file of data.
        has_pages: its objects may be the state of a page or describe a form.
        has_documentation: its long texts may be documentation.
        passes_messages: its programs hand values over through queues, events and workers.
        passes_names: its functions look a key up in other programs, which they give the name of it as an argument.
    """

    name: str
    files: Callable[[Import, Module, ModuleAliases], Iterator[str]]
    self_is_parameter: bool = False
    fields_are_arguments: bool = False
    attributes_are_members: bool = False
    has_keywords: bool = False
    imports_data: bool = False
    has_pages: bool = False
    has_documentation: bool = False
    passes_messages: bool = False
    passes_names: bool = False


@dataclass(slots=True, eq=False)
class Module:
    """One file, or the blocks of one language of a Markdown file, with everything that the flow asks for."""

    file: str
    dotted: str
    dialect: Dialect
    source: bytes = b""
    top: Function = field(init=False)
    calls: list[CallSite] = field(default_factory=list[CallSite])
    requests: list[RequestSite] = field(default_factory=list[RequestSite])
    stores: list[Assignment] = field(default_factory=list[Assignment])
    tests: list[Test] = field(default_factory=list[Test])
    reads: list[Item | Attr] = field(default_factory=list["Item | Attr"])
    dicts: list[tuple[Dict, Function, Path]] = field(default_factory=list[tuple[Dict, Function, Path]])
    texts: list[Str] = field(default_factory=list[Str])
    classes: list[Class] = field(default_factory=list[Class])
    functions: list[Function] = field(default_factory=list[Function])
    names: list[Name] = field(default_factory=list[Name])
    compared: list[tuple[Node, Node, Function]] = field(default_factory=list[tuple[Node, Node, Function]])  # a == b
    tested: set[Node] = field(default_factory=set[Node])  # of which only is asked whether it is there
    stars: list[Import] = field(default_factory=list[Import])
    inner: list[Module] = field(default_factory=list["Module"])  # programs of other languages that stand in it

    def __post_init__(self) -> None:
        self.top = Function("", self)

    def __repr__(self) -> str:
        return f"Module({self.dotted!r})"

    def text_of(self, node: Node) -> str:
        """Return how an expression is written."""
        return self.source[node.start : node.end].decode("utf-8", "replace")


def tail(of: Node) -> str:
    """Return the last name of what is called."""
    if isinstance(of, Attr):
        return of.name
    return of.id if isinstance(of, Name) else ""
