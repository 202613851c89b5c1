"""Each part of the evaluator alone: what it asks of the whole is answered from a table."""

from __future__ import annotations

import pytest

from krea_migrate import ir
from krea_migrate.flow.bindings import Bindings
from krea_migrate.flow.callers import CallGraph, enter
from krea_migrate.flow.calls import Calls
from krea_migrate.flow.class_hierarchy import ClassHierarchy
from krea_migrate.flow.dict_members import DictMembers, keys
from krea_migrate.flow.elements import Elements
from krea_migrate.flow.evaluation_state import Dependencies, EvaluationState
from krea_migrate.flow.instances import Instances
from krea_migrate.flow.known_calls import KnownCalls
from krea_migrate.flow.loaded_files import LoadedFiles
from krea_migrate.flow.lookups import Lookups
from krea_migrate.flow.name_lookup import NameLookup
from krea_migrate.flow.parameters import Parameters
from krea_migrate.flow.project import Project
from krea_migrate.flow.record_table import RecordTable
from krea_migrate.flow.records import Record
from krea_migrate.flow.rows import Rows
from krea_migrate.flow.texts import Texts
from krea_migrate.flow.values import (
    WEAK,
    Ext,
    Fn,
    Frame,
    GuardedValue,
    Inst,
    Kind,
    Many,
    Mod,
    Obj,
    Txt,
    Unknown,
    Value,
)
from krea_migrate.holes import HOLE
from krea_migrate.languages import python
from krea_migrate.limits import LIMITS
from krea_migrate.names import Target


class TableFollower:
    """Knows the constants, the literals and what a table says; everything else is unknown."""

    def __init__(self, source: str = "", **more_files: str) -> None:
        project = Project()
        self.module = python.read(source.encode(), "main.py", "main.py")
        project.add(self.module)
        for name, text in more_files.items():
            project.add(python.read(text.encode(), f"{name}.py", f"{name}.py"))
        self.state = EvaluationState(project)
        self.table: dict[ir.Node, Value] = {}

    def value(self, node: ir.Node | None, frame: Frame | None) -> list[GuardedValue]:
        match node:
            case ir.Str():
                return [GuardedValue(Txt(node.value, "", (node,)))]
            case ir.Dict():
                return [GuardedValue(Obj(node, frame))]
            case ir.Seq():
                return [GuardedValue(Many(node, frame))]
            case None:
                return [GuardedValue(Unknown())]
            case _:
                return [GuardedValue(self.table.get(node, Unknown("not in the table")))]

    @property
    def top(self) -> Frame:
        return Frame(self.module.top)

    def bound(self, name: str) -> ir.Node:
        """Return the expression that a name of the module is bound to."""
        value = self.module.top.defs[name][-1].value
        assert isinstance(value, ir.Node)
        return value

    def name(self, name: str) -> ir.Name:
        """Return the last place where a name is read."""
        return [read for read in self.module.names if read.id == name][-1]

    def call(self, number: int = 0) -> ir.Call:
        return self.module.calls[number].call

    def cls(self, name: str) -> ir.Class:
        return next(cls for cls in self.module.classes if cls.name == name)

    def function(self, name: str) -> ir.Function:
        return next(function for function in self.module.functions if function.name == name)


def texts(values: list[GuardedValue]) -> list[str]:
    return [alt.value.text for alt in values if isinstance(alt.value, Txt)]


def graph(follower: TableFollower) -> CallGraph:
    return CallGraph(follower, ClassHierarchy(follower), Bindings(follower))


def members(follower: TableFollower) -> DictMembers:
    return DictMembers(follower, Instances(follower, ClassHierarchy(follower)))


def parameters(follower: TableFollower) -> Parameters:
    return Parameters(follower, graph(follower), Bindings(follower), members(follower))


def lookups(follower: TableFollower) -> Lookups:
    instances = Instances(follower, ClassHierarchy(follower))
    return Lookups(follower, Bindings(follower), DictMembers(follower, instances), instances)


def known_calls(follower: TableFollower) -> KnownCalls:
    return KnownCalls(follower, members(follower), lookups(follower), Texts(follower))


# The state that all parts share


def test_a_limit_is_observed_once() -> None:
    state = EvaluationState(Project())
    assert state.exceeded(LIMITS.depth).value == Unknown(limit=LIMITS.depth.told)
    assert [*state.observe()] == [LIMITS.depth.told]
    assert [*state.observe()] == []


def test_too_many_values_end_in_an_unknown() -> None:
    state = EvaluationState(Project())
    values = [GuardedValue(Txt(str(number))) for number in range(LIMITS.alternatives.value + 1)]
    assert state.limited(values)[-1].value == Unknown(limit=LIMITS.alternatives.told)
    assert state.observe() == {LIMITS.alternatives.told}


def test_what_depends_on_an_open_function_is_noted_apart_and_limits_together() -> None:
    follower = TableFollower("def outer():\n    def inner(): ...\n")
    with follower.state.open_to(follower.function("inner")) as dependencies:
        assert follower.state.opens(follower.function("outer"))
        follower.state.exceeded(LIMITS.work)
    assert dependencies.around
    assert not follower.state.dependencies.around
    assert follower.state.open_function is None
    assert follower.state.observe() == {LIMITS.work.told}


def test_an_answer_depends_on_what_its_parts_depend_on() -> None:
    total, part = Dependencies(), Dependencies(parameters=True, limits={"a limit"})
    total.add(part)
    assert (total.parameters, total.own, total.limits) == (True, False, {"a limit"})


def test_a_chain_of_calls_is_named_by_its_source() -> None:
    follower = TableFollower('x = client.tasks("a").run\n')
    assert follower.state.hint(follower.bound("x")) == "client.tasks a.run"


# Classes and calls


CLASSES = "class Base:\n    def run(self): ...\nclass Heir(Base): ...\nclass Other: ...\n"


def test_classes_inherit_methods_and_have_heirs() -> None:
    follower = TableFollower(CLASSES)
    base, heir = follower.cls("Base"), follower.cls("Heir")
    follower.table[heir.bases[0]] = Kind(base)
    classes = ClassHierarchy(follower)
    assert classes.line(heir) == [heir, base]
    assert classes.heirs(base) == [heir]
    assert classes.method(heir, "run") is base.methods["run"]
    assert classes.method(follower.cls("Other"), "run") is None


def test_self_is_of_the_class_that_is_made() -> None:
    follower = TableFollower(CLASSES + "Heir().run()\n")
    heir = follower.cls("Heir")
    follower.table[heir.bases[0]] = Kind(follower.cls("Base"))
    assert ClassHierarchy(follower).selves(follower.function("run")) == [heir]


def test_a_call_has_its_function_as_callee_and_the_function_the_call_as_caller() -> None:
    follower = TableFollower("def send(body): ...\nsend(1)\nsend(2)\n")
    function = follower.function("send")
    for site in follower.module.calls:
        follower.table[site.call.of] = Fn(function)
    assert [caller.placed.call for caller in graph(follower).callers(function)] == [follower.call(0), follower.call(1)]
    callee = graph(follower).callees(follower.call().of, follower.top)[0].value
    assert isinstance(callee, Fn)
    assert callee.function is function


def test_a_method_of_something_unknown_is_called_weakly() -> None:
    follower = TableFollower("class Client:\n    def send_body(self, body): ...\nx.send_body(1)\n")
    (caller,) = graph(follower).callers(follower.function("send_body"))
    assert isinstance(caller.of.own, Inst)


def test_a_method_is_entered_with_its_object() -> None:
    follower = TableFollower("class Client:\n    def send(self, body): ...\nx.send(1)\n")
    frame = enter(follower.state.project, Fn(follower.function("send")), follower.call(), None)
    assert frame.bound


# Names, bindings, parameters


def test_imports_lead_to_modules_and_their_names() -> None:
    follower = TableFollower("import helper\nfrom helper import PATH\nimport requests\n", helper='PATH = "/a"\n')
    bindings = Bindings(follower)
    defs = follower.module.top.defs
    assert isinstance(bindings.bound(defs["helper"][0], follower.module.top, follower.top)[0].value, Mod)
    assert texts(bindings.bound(defs["PATH"][0], follower.module.top, follower.top)) == ["/a"]
    outside = bindings.bound(defs["requests"][0], follower.module.top, follower.top)[0].value
    assert isinstance(outside, Ext)
    assert outside.dotted == "requests"


def test_an_annotation_names_a_class() -> None:
    follower = TableFollower("class Body: ...\n")
    (alt,) = Bindings(follower).annotated("Optional[Body]", follower.module)
    assert isinstance(alt.value, Inst)
    assert Bindings(follower).annotated("int", follower.module) == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('x = "a"\nx = "b"\nprint(x)\n', ["b"]),
        ('if c:\n    x = "a"\nelse:\n    x = "b"\nprint(x)\n', ["b", "a"]),
        ('x = "a"\ndef f():\n    print(x)\n', ["a"]),
        ('for i in y:\n    print(x)\n    x = "late"\n', ["late"]),
    ],
)
def test_a_name_sees_the_bindings_that_reach_it(source: str, expected: list[str]) -> None:
    follower = TableFollower(source)
    lookup = NameLookup(Bindings(follower), parameters(follower))
    assert texts(lookup.value(follower.name("x"), follower.top)) == expected


def test_a_name_that_nothing_binds_is_of_a_module_outside() -> None:
    follower = TableFollower("print(x)\n")
    (alt,) = NameLookup(Bindings(follower), parameters(follower)).value(follower.name("x"), None)
    assert isinstance(alt.value, Ext)
    assert alt.value.dotted == "x"


@pytest.mark.parametrize(
    ("call", "expected"),
    [('f("a")', ["a"]), ('f(body="a")', ["a"]), ('f(**{"body": "a"})', ["a"]), ("f()", ["default"])],
)
def test_a_call_fills_a_parameter(call: str, expected: list[str]) -> None:
    follower = TableFollower(f'def f(body="default"): ...\n{call}\n')
    function = follower.function("f")
    frame = Frame(function, follower.call(), follower.top)
    assert texts(parameters(follower).named("body", function, frame) or []) == expected


def test_all_callers_together_fill_a_parameter() -> None:
    follower = TableFollower('def f(body): ...\nf("a")\nf("b")\n')
    function = follower.function("f")
    for site in follower.module.calls:
        follower.table[site.call.of] = Fn(function)
    assert texts(parameters(follower).named("body", function, None) or []) == ["a", "b"]


def test_an_open_parameter_is_noted() -> None:
    follower = TableFollower('def f(body): ...\nf("a")\n')
    function = follower.function("f")
    with follower.state.open_to(function) as dependencies:
        assert texts(parameters(follower).named("body", function, None) or []) == []
    assert dependencies.parameters
    assert parameters(follower).named("nothing", function, None) is None


# Members


def test_the_last_entry_of_a_dict_counts_and_spread_ones_may() -> None:
    follower = TableFollower('x = {"a": "1", **more, "a": "2"}\nmore = {"b": "3"}\n')
    literal = follower.bound("x")
    assert isinstance(literal, ir.Dict)
    spread = literal.entries[1].value
    follower.table[spread] = Obj(follower.bound("more"), None)
    of = Obj(literal, follower.top)
    assert texts(members(follower).entry(of, "a")) == ["2"]
    assert texts(members(follower).entry(of, "b")) == ["3"]
    assert keys(of) == {"a"}
    assert texts(members(follower).entries(of)) == ["2", "1"]


def test_an_instance_has_what_its_class_its_constructor_and_others_set() -> None:
    source = 'class A:\n    kind = "k"\n    def __init__(self, path):\n        self.path = "p"\nx = A(1)\n'
    follower = TableFollower(source)
    instances = Instances(follower, ClassHierarchy(follower))
    of = Inst(follower.cls("A"), follower.call(), follower.top)
    assert texts(instances.member(of, "kind")) == ["k"]
    assert texts(instances.member(of, "path")) == ["p"]
    assert isinstance(instances.member(of, "missing")[0].value, Unknown)


def test_a_data_class_has_what_its_constructor_is_given() -> None:
    follower = TableFollower('class A:\n    a: str\n    b: str\nx = A("1", b="2")\n')
    of = Inst(follower.cls("A"), follower.call(), follower.top)
    instances = Instances(follower, ClassHierarchy(follower))
    for name in "ab":
        follower.cls("A").fields[name] = ir.Field(name, 0, None, 0)
    assert texts(instances.member(of, "a")) + texts(instances.member(of, "b")) == ["1", "2"]


@pytest.mark.parametrize(
    ("of", "key", "expected"),
    [('{"a": "1"}', "a", ["1"]), ('["1", "2"]', "1", ["2"]), ('["1", "2"]', HOLE, ["1", "2"])],
)
def test_parts_of_values(of: str, key: str, expected: list[str]) -> None:
    follower = TableFollower(f"x = {of}\n")
    (alt,) = follower.value(follower.bound("x"), follower.top)
    assert texts(lookups(follower).part(alt.value, Txt(key))) == expected


def test_a_part_of_a_file_and_a_name_of_a_module() -> None:
    follower = TableFollower("y = x.PATH\n", helper='PATH = "/a"\n')
    part = lookups(follower).part(Ext("file:body.json"), Txt("prompt"))[0].value
    assert isinstance(part, Ext)
    assert part.dotted == "file:body.json#prompt"
    follower.table[follower.name("x")] = Mod(follower.state.project.modules["helper.py"])
    node = follower.bound("y")
    assert isinstance(node, ir.Attr)
    assert texts(lookups(follower).attribute(node, follower.top)) == ["/a"]


def test_a_loop_sees_elements_keys_and_what_is_appended() -> None:
    follower = TableFollower('items = ["1"]\nitems.append("2")\n')
    listed = follower.bound("items")
    assert isinstance(listed, ir.Seq)
    of = follower.call().of
    assert isinstance(of, ir.Attr)
    follower.table[of.of] = Many(listed, follower.top)
    alts = Elements(follower).each(ir.Element(0, 0, listed), follower.top)
    assert texts(alts) == ["1", "2"]
    assert len({frozenset(alt.yes) for alt in alts}) == 2


# Calls


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('"{}/{}".format("a", "b")', "a/b"),
        ('"%s/%s" % ("a", "b")', "a/b"),
        ('"/".join(["a", "b"])', "a/b"),
        ('"a/{m}".replace("{m}", "b")', "a/b"),
        ('urljoin("a", "b")', "a/b"),
    ],
)
def test_texts_are_put_together(expression: str, expected: str) -> None:
    follower = TableFollower(f"x = {expression}\n")
    call = follower.bound("x")
    assert isinstance(call, ir.Call)

    class WithTexts(TableFollower):
        def value(self, node: ir.Node | None, frame: Frame | None) -> list[GuardedValue]:
            return parts.joined(node.parts, frame) if isinstance(node, ir.Text) else super().value(node, frame)

    reader = WithTexts()
    parts = Texts(reader)
    own = call.of.of if isinstance(call.of, ir.Attr) else None
    name = call.of.name if isinstance(call.of, ir.Attr) else "urljoin"
    assert texts(parts.built(name, own, call, None)) == [expected]


def test_what_is_not_known_is_a_hole_in_a_text() -> None:
    follower = TableFollower('x = f"a/{model}"\n')
    node = follower.bound("x")
    assert isinstance(node, ir.Text)
    (alt,) = Texts(follower).joined(node.parts, None)
    assert isinstance(alt.value, Txt)
    assert (alt.value.text, alt.value.hint, [*alt.value.tokens]) == (f"a/{HOLE}", "not in the table", node.parts[:1])


def test_a_program_loads_a_file_by_its_name() -> None:
    follower = TableFollower('x = open("body.json")\n')
    (alt,) = LoadedFiles(follower).value("open", None, follower.call(), None)
    assert isinstance(alt.value, Ext)
    assert alt.value.dotted == "file:body.json"


def test_rows_are_the_same_for_the_same_call() -> None:
    follower = TableFollower("x = zip(a, b)\n")
    rows = Rows(follower)
    first, second = (rows.of_call("zip", Ext("zip"), follower.call(), None)[0].value for _ in range(2))
    assert isinstance(first, Many)
    assert isinstance(second, Many)
    assert first.site is second.site


def test_the_rows_of_a_table_are_weak() -> None:
    follower = TableFollower('x = pandas.DataFrame([{"a": 1}]).to_dict("records")\n')
    call = follower.bound("x")
    assert isinstance(call, ir.Call)
    assert isinstance(call.of, ir.Attr)
    assert isinstance(call.of.of, ir.Call)
    follower.table[call.of.of] = Ext("pandas.DataFrame()", call.of.of, follower.top)
    (alt,) = Rows(follower).of_call("to_dict", Unknown(), call, follower.top)
    assert alt.yes >= WEAK


@pytest.mark.parametrize(
    ("call", "expected"),
    [('x.get("a")', ["1"]), ('x.get("b", "d")', ["d"]), ("json.dumps(x)", []), ('os.getenv("A", "e")', ["e"])],
)
def test_functions_of_libraries_give_what_they_are_known_for(call: str, expected: list[str]) -> None:
    follower = TableFollower(f'table = {{"a": "1"}}\ny = {call}\n')
    node = follower.bound("y")
    assert isinstance(node, ir.Call)
    assert isinstance(node.of, ir.Attr)
    follower.table[follower.name("x" if "x" in call else "os")] = Obj(follower.bound("table"), follower.top)
    of = Ext("os.getenv") if "os." in call else Unknown()
    assert texts(known_calls(follower).value(node.of.name, of, node, follower.top)) == expected


def test_a_function_of_the_tree_gives_what_it_returns() -> None:
    follower = TableFollower('def f(c):\n    if c:\n        return "a"\n    return "b"\nx = f(1)\n')
    follower.table[follower.call().of] = Fn(follower.function("f"))
    calls = Calls(follower, graph(follower), parameters(follower), known_calls(follower))
    alts = calls.value(follower.call(), follower.top)
    assert texts(alts) == ["a", "b"]
    assert not frozenset.intersection(*(alt.yes for alt in alts))


def test_a_class_of_the_tree_gives_an_instance() -> None:
    follower = TableFollower("class A: ...\nx = A()\n")
    follower.table[follower.call().of] = Kind(follower.cls("A"))
    calls = Calls(follower, graph(follower), parameters(follower), known_calls(follower))
    (alt,) = calls.value(follower.call(), follower.top)
    assert isinstance(alt.value, Inst)
    assert alt.value.call is follower.call()


# Records


def test_records_of_another_call_of_the_same_function_do_not_agree() -> None:
    follower = TableFollower("def f(): ...\nf()\nf()\n")
    site, first, second = ("dict", follower.module), follower.call(0), follower.call(1)
    table = RecordTable(ClassHierarchy(follower), 0)
    record = Record(Target("none", (), ""), frozenset(), frozenset(), weak=False, aware=False, chain=(first,))
    assert [table.note(site, record), table.note(site, record)] == [True, False]
    function = follower.function("f")
    assert table.agreeing(site, Frame(function, first, follower.top), any_call=False) == [record]
    assert table.agreeing(site, Frame(function, second, follower.top), any_call=False) == []
    assert table.agreeing(site, Frame(function, second, follower.top), any_call=True) == [record]
    assert table.size == 1
