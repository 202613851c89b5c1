"""Each part of the readers alone: Python, JavaScript and shell."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from krea_migrate import ir
from krea_migrate.languages import shell_clients
from krea_migrate.languages.dialects import PYTHON, SCRIPT, SHELL
from krea_migrate.languages.python_classes import PythonClasses
from krea_migrate.languages.python_expressions import PythonExpressions
from krea_migrate.languages.python_scopes import PythonScopes
from krea_migrate.languages.shell_commands import ShellCommands
from krea_migrate.languages.shell_files import ShellFiles
from krea_migrate.languages.shell_scopes import ShellScopes
from krea_migrate.languages.shell_words import ShellWord, Words

if TYPE_CHECKING:
    from tree_sitter import Node as Syntax

# Python


def python_scopes(source: str, shift: int = 0) -> PythonScopes:
    return PythonScopes(ir.Module("a.py", "a.py", PYTHON, source.encode()), source.encode(), shift)


@pytest.mark.parametrize("source", ["x = 'é'\ny = 1", "x = 'é'\r\ny = 1", "x = 'é'\ry = 1"])
def test_places_of_python_are_counted_in_bytes(source: str) -> None:
    scopes = python_scopes(source, 100)
    node = ast.parse(source.encode()).body[1]
    assert isinstance(node, ast.Assign)
    start, end = scopes.span(node)
    assert source.encode()[start - 100 : end - 100] == b"y = 1"
    assert scopes.source(node.value) == "1"


def test_names_are_bound_in_the_function_that_is_entered() -> None:
    scopes = python_scopes("")
    function = ir.Function("f", scopes.module)
    with scopes.on((), function):
        scopes.define("x", None)
    scopes.define("y", None)
    assert ([*function.defs], [*scopes.module.top.defs]) == (["x"], ["y"])


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("f(a, b=1)", ir.Call),
        ("{'a': 1, **b}", ir.Dict),
        ("[a, *b]", ir.Seq),
        ("a.b", ir.Attr),
        ("a['b']", ir.Item),
        ("f'{a}/b'", ir.Text),
        ("a + b", ir.Text),
        ("a | b", ir.Dict),
        ("a if b else c", ir.Phi),
        ("a or b", ir.Phi),
        ("lambda: a", ir.Closure),
        ("{a: b for a in c}", ir.Comprehension),
        ("not a", ir.Opaque),
    ],
)
def test_expressions_of_python(source: str, kind: type[ir.Node]) -> None:
    scopes = python_scopes(source)
    node = PythonExpressions(scopes).value(ast.parse(source, mode="eval").body)
    assert type(node) is kind
    assert (node.start, node.end) == (0, len(source))


def test_the_letters_of_a_text_are_found_where_they_stand_as_they_are() -> None:
    for source, inner in (('"ab"', 1), ('r"ab"', 2), ('"""ab"""', 3), (r'"a\x62"', -1)):
        node = PythonExpressions(python_scopes(source)).value(ast.parse(source, mode="eval").body)
        assert isinstance(node, ir.Str)
        assert (node.value, node.inner) == ("ab", inner)


def test_a_class_of_python_has_fields_aliases_and_methods() -> None:
    source = "class A(B):\n    a: str = Field(alias='b')\n    model_config = ConfigDict(x=1)\n    def f(self): ...\n"
    scopes = python_scopes(source)
    methods: list[str] = []
    classes = PythonClasses(scopes, PythonExpressions(scopes), lambda node: methods.append(node.name))
    node = ast.parse(source).body[0]
    assert isinstance(node, ast.ClassDef)
    classes.read(node)
    (cls,) = scopes.module.classes
    alias = cls.fields["a"].alias
    assert alias is not None
    assert (cls.name, alias.value, [*cls.settings], methods) == ("A", "b", ["x"], ["f"])
    assert classes.owner is None


# JavaScript

tree_sitter = pytest.importorskip("tree_sitter", reason="the extra `migrate` reads JavaScript")


def syntax(source: str) -> Syntax:
    from krea_migrate.languages.script import _parser

    root = _parser("ts").parse(source.encode()).root_node
    return root.named_children[0]


class Recorder:
    """Asks nobody: an expression is its source, and what else is read is noted."""

    def __init__(self, source: str) -> None:
        from krea_migrate.languages.script_scopes import ScriptScopes

        self.scopes = ScriptScopes(ir.Module("a.ts", "a.ts", SCRIPT, source.encode()), source.encode(), 0)
        self.noted: list[str] = []
        self.paths: list[ir.Path] = []  # where each statement stands

    def value(self, node: Syntax) -> ir.Node:
        return ir.Str(*self.scopes.span(node), self.scopes.source(node))

    def value_of(self, node: Syntax | None, around: Syntax) -> ir.Node:
        return self.value(node) if node is not None else ir.Opaque(*self.scopes.span(around))

    def block(self, body: list[Syntax]) -> None:
        self.noted += [self.scopes.source(node) for node in body]

    def statement(self, node: Syntax) -> None:
        self.noted.append(self.scopes.source(node))
        self.paths.append(self.scopes.path)

    def bind(self, target: Syntax, value: ir.Node, annotation: str = "") -> None:
        self.scopes.define(self.scopes.source(target), value, annotation)

    def function(self, node: Syntax, owner: ir.Class | None = None, name: str = "") -> ir.Function:
        return ir.Function(name or self.scopes.source(node).partition("(")[0], self.scopes.module, None, owner)


@pytest.mark.parametrize(
    ("condition", "contrary", "expected"),
    [("a === b", "a !== b", False), ("a", "!a", False), ("(a)", "a", True), ("a", "b", None)],
)
def test_a_condition_and_its_contrary_choose_the_arms_of_one_block(
    condition: str, contrary: str, expected: object
) -> None:
    blocks: list[tuple[str, int]] = []
    for source in (condition, contrary):
        recorder = Recorder(source)
        recorder.scopes.scope.number = 0
        blocks.append(recorder.scopes.branch(syntax(source).named_children[0]))
    (first, arm), (second, other_arm) = blocks
    assert (arm == other_arm if first == second else None) == expected


@pytest.mark.parametrize(
    ("source", "bound"),
    [
        ("const { a, b: c, ...rest } = value", ["a", "c", "rest"]),
        ("const [a, b] = value", ["a", "b"]),
        ("const { a: { b = 1 } } = value", ["b"]),
        ("const [form, setForm] = useState({})", ["form", "setForm"]),
    ],
)
def test_patterns_bind_names(source: str, bound: list[str]) -> None:
    from krea_migrate.languages.script_patterns import Patterns

    recorder = Recorder(source)
    pattern = syntax(source).named_children[0].child_by_field_name("name")
    assert pattern is not None
    Patterns(recorder).bind(pattern, ir.Opaque(0, 0))
    assert [*recorder.scopes.module.top.defs] == bound


def test_parameters_have_names_defaults_and_kinds() -> None:
    from krea_migrate.languages.script_patterns import Patterns

    source = "function f(a, b = 1, { c }, ...rest) { return a }"
    function = Patterns(Recorder(source)).function(syntax(source))
    assert [(param.name, param.default is not None, param.kind) for param in function.params] == [
        ("a", False, ""),
        ("b", True, ""),
        ("#2", False, ""),
        ("rest", False, "*"),
    ]
    assert [*function.defs] == ["c"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('import a from "./x"', {"a": ("./x", "default")}),
        ('import * as a from "./x"', {"a": ("./x", None)}),
        ('import { a, b as c } from "./x"', {"a": ("./x", "a"), "c": ("./x", "b")}),
        ('export { a as b } from "./x"', {"b": ("./x", "a")}),
    ],
)
def test_imports_of_scripts(source: str, expected: dict[str, tuple[str, str | None]]) -> None:
    from krea_migrate.languages.script_imports import ScriptImports

    recorder = Recorder(source)
    node = syntax(source)
    imports = ScriptImports(recorder)
    read: dict[str, Callable[[Any], None]] = {
        "import_statement": imports.on_import_statement,
        "export_statement": imports.on_export_statement,
    }
    read[node.type](node)
    values = {name: defs[0].value for name, defs in recorder.scopes.module.top.defs.items()}
    assert {
        name: (value.module, value.name) for name, value in values.items() if isinstance(value, ir.Import)
    } == expected


def test_classes_interfaces_and_enums_of_scripts() -> None:
    from krea_migrate.languages.script_classes import ScriptClasses

    source = "class A { x = 1; run() {} }"
    recorder = Recorder(source)
    ScriptClasses(recorder).on_class_declaration(syntax(source))
    (cls,) = recorder.scopes.module.classes
    assert ([*cls.fields], [*cls.methods]) == (["x"], ["run"])
    source = "interface Body extends Base { prompt: string; 'ratio'?: string }"
    recorder = Recorder(source)
    ScriptClasses(recorder).on_interface_declaration(syntax(source))
    (cls,) = recorder.scopes.module.classes
    assert ([*cls.fields], [*cls.marks]) == (["prompt", "ratio"], ["interface"])
    source = "enum Field { Ratio = 'aspectRatio' }"
    recorder = Recorder(source)
    ScriptClasses(recorder).on_enum_declaration(syntax(source))
    assert [*recorder.scopes.module.classes[0].fields] == ["Ratio"]


def test_statements_of_scripts_have_their_arms() -> None:
    from krea_migrate.languages.script_imports import ScriptImports
    from krea_migrate.languages.script_statements import ScriptStatements

    source = "if (a) { b() } else if (c) { d() } else { e() }"
    recorder = Recorder(source)
    ScriptStatements(recorder, ScriptImports(recorder)).on_if_statement(syntax(source))
    assert [[arm for _, arm in path] for path in recorder.paths] == [[0], [1, 0], [1, 1]]
    assert recorder.scopes.path == ()


@pytest.mark.parametrize(
    ("source", "kind"),
    [("f(a)", ir.Call), ("a.b", ir.Attr), ("a[b]", ir.Item), ("({ a, b: 1, ...c })", ir.Dict), ("[a, ...b]", ir.Seq)],
)
def test_expressions_of_scripts(source: str, kind: type[ir.Node]) -> None:
    from krea_migrate.languages.script_expressions import ScriptExpressions
    from krea_migrate.languages.script_patterns import Patterns

    recorder = Recorder(source)
    expressions = ScriptExpressions(recorder, Patterns(recorder))
    node = syntax(source).named_children[0]
    while node.type == "parenthesized_expression":
        node = node.named_children[0]
    assert type(getattr(expressions, f"of_{node.type}")(node)) is kind


@pytest.mark.parametrize(
    ("source", "kind", "parts"),
    [("a + b + c", ir.Text, 3), ("a || b || c", ir.Phi, 3), ("a ? b : c ? d : e", ir.Phi, 2), ("a && b", ir.Phi, 1)],
)
def test_operators_of_scripts(source: str, kind: type[ir.Node], parts: int) -> None:
    from krea_migrate.languages.script_expressions import ScriptExpressions
    from krea_migrate.languages.script_patterns import Patterns

    recorder = Recorder(source)
    node = syntax(source).named_children[0]
    value = getattr(ScriptExpressions(recorder, Patterns(recorder)), f"of_{node.type}")(node)
    assert type(value) is kind
    assert len(value.parts if isinstance(value, ir.Text) else getattr(value, "options", [])) == parts


def test_a_function_is_called_with_each_element() -> None:
    from krea_migrate.languages.script_callbacks import Callbacks

    recorder = Recorder("")
    rows, function = ir.Opaque(0, 0), ir.Function("f", recorder.scopes.module)
    call = ir.Call(0, 0, ir.Attr(0, 0, rows, "map", 0), [ir.Closure(0, 0, function)], [])
    listed = Callbacks(recorder.scopes).called_back(call)
    assert isinstance(listed, ir.Seq)
    (site,) = function.called
    assert isinstance(site.call.args[0], ir.Element)
    assert site.call.args[0].of is rows


# Shell


def shell_parts(source: str) -> tuple[ShellScopes, Words, ShellFiles, ShellCommands]:
    scopes = ShellScopes(ir.Module("a.sh", "a.sh", SHELL, source.encode()), source, 0)

    def output(closing: str) -> ir.Node:
        start = scopes.at
        scopes.at = scopes.text.index(closing, start) + 1
        return ir.Opaque(start, scopes.at)

    words = Words(scopes, output)
    files = ShellFiles(scopes, words)
    return scopes, words, files, ShellCommands(files)


def split(source: str) -> tuple[list[ShellWord], ShellFiles, ShellCommands]:
    scopes, words, files, commands = shell_parts(source)
    shell_words: list[ShellWord] = []
    while scopes.at < scopes.stop:
        shell_words.append(words.word())
        scopes.at += 1  # the space behind it
    return shell_words, files, commands


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ("a'b c'\"d\"", ["a", "b c", "d"]),
        (r"a\ b", ["a b"]),
        ('"a $b ${c:-d} $(e f)"', ["a ", ir.Name, " ", ir.Phi, " ", ir.Opaque]),
        ("é$a", ["é", ir.Name]),
    ],
)
def test_words_of_a_shell(source: str, parts: list[object]) -> None:
    word = shell_parts(source)[1].word()
    assert [part.value if isinstance(part, ir.Str) else type(part) for part in word.parts] == parts
    assert word.parts[-1].end <= len(source.encode())


def test_a_here_document_is_a_text_and_its_lines_are_passed() -> None:
    source = "<<END\na $b\nEND\nrest"
    _, words, _, _ = shell_parts(source)
    node = words.heredoc()
    assert isinstance(node, ir.Text)
    assert words.passed(6) == source.index("END\nrest") + 3


def test_a_file_holds_what_was_written_to_it() -> None:
    words, files, _ = split("body.json")
    value = ir.Str(0, 0, "{}")
    before = files.loaded(words[0])
    assert isinstance(before, ir.Call)
    files.write("body.json", value)
    after = files.loaded(words[0])
    assert isinstance(after, ir.Name)
    assert after.scope.defs[after.id][0].value is value


@pytest.mark.parametrize(("source", "printed"), [("echo a", "a"), ("printf %s a", "a"), ("printf -v x a", None)])
def test_commands_print(source: str, printed: str | None) -> None:
    words, _, commands = split(source)
    node = commands.command(words, None)
    assert (node.value if isinstance(node, ir.Str) else None) == printed


def test_a_command_sets_variables_and_passes_on_what_it_is_fed() -> None:
    words, files, commands = split("a=b cat")
    fed = ir.Str(0, 0, "fed")
    assert commands.command(words, fed) is fed
    value = files.scopes.module.top.defs["a"][0].value
    assert isinstance(value, ir.Str)
    assert value.value == "b"


@pytest.mark.parametrize(
    "source",
    ["curl -X POST -d {} https://a.b", "curl --url https://a.b --json {}", "wget --post-data={} https://a.b"],
)
def test_a_client_makes_a_request(source: str) -> None:
    words, files, _ = split(source)
    assert shell_clients.where(words) == 0
    shell_clients.send(files, words, None)
    (site,) = files.scopes.module.requests
    assert isinstance(site.node.address, ir.Str)
    assert site.node.address.value == "https://a.b"
    assert [body.value for body in site.node.bodies if isinstance(body, ir.Str)] == ["{}"]
