"""Each limit in one program at the limit and one beyond it, and no bound in any other module than `krea_migrate.limits`."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import krea_migrate
from krea_migrate import engine
from krea_migrate.limits import LIMITS, READING
from krea_migrate.report import Report

from .looking import URL

OTHER_URL = "https://api.other.example/v1/images"
BODY = '{"prompt": "a fox", "aspectRatio": "1:1"}'
PACKAGE = Path(krea_migrate.__file__).parent
# Bounds of what is shown, of formats, and of words in the text; none of them bounds what is looked at.
NO_LIMITS = {
    "baseline.py: :24": "letters of a fingerprint",
    "baseline.py: max(0, at - _AROUND):at + _AROUND": "what a fingerprint is made of",
    "command_line.py: range(3)": "what changes again after that is a problem",
    "documentation.py: len(words & known) >= _FIELDS": "what a line that lists fields is",
    "documentation.py: len({word.decode() for word in _WORD.findall(line)} & known) >= _FIELDS - 1": "what such a line is",
    "documentation.py: token.end - token.start < _LONG": "a shorter text is a name, not documentation",
    "engine.py: len(data) < _MUCH": "a larger document is data, unless it speaks of the API",
    "gitignore.py: range(256)": "all bytes",
    "languages/bundles.py: len(text) <= _MINIFIED": "what a bundle is",
    "languages/bundles.py: len(text) > LARGE": "what a bundle is",
    "languages/json_text.py: range(4)": "the four states of the reader",
    "languages/markdown.py: :12": "the first letters of a block",
    "languages/markdown.py: :3": "a prompt",
    "languages/markdown.py: 3:4": "what stands behind a prompt",
    "languages/python_tokens.py: literal.end() + 1:literal.end() + 100": "the blanks behind a text",
    "languages/python_expressions.py: at:at + 3": "three quotes",
    "marks.py: mark.start() < _HEAD": "where a mark for the whole file may stand",
    "output.py: second - entry > 2 * _CONTEXT": "lines around a difference",
    "rules/decisions.py: len(models) > 3": "models that a message names",
    "rules/unknown_fields.py: :3": "models that a message names",
    "languages/documents.py: range(0, len(self.text), _STEP)": "the step of an index",
    "languages/documents.py: start:start + _STEP": "the step of an index",
    "rules/unclaimed_files.py: len(text) < _LONG": "a longer text names no file",
    "unread.py: :PLACES": "the last place says how many follow",
    "unread.py: :_NULS_IN": "where a NUL says that it is no text",
    "walk.py: :200": "the first line of a script",
}


def report(files: dict[str, str]) -> Report:
    new_report = Report()
    engine.analyse({name: text.encode() for name, text in files.items()}, new_report, engine.Settings())
    return new_report


def said(files: dict[str, str]) -> list[str]:
    """Return how certain each finding of the deprecated name is."""
    return [finding.certainty for finding in report(files).findings if finding.old == "aspectRatio"]


# Limits of the analysis: beyond them nothing is certain, and the reason names the limit.


def names(count: int) -> str:
    functions = "".join(f"send_{n} = send_{n - 1}\n" for n in range(1, count))
    helper = "import requests\n\ndef send_0(url, body):\n    return requests.post(url, json=body)\n"
    return f'{helper}{functions}body = {BODY}\nsend_0("{URL}", body)\nsend_{count - 1}("{OTHER_URL}", body)\n'


def links(count: int) -> str:
    chain = "".join(f".with_{n}()" for n in range(count - 2))
    return f'import requests\nrequests.Session(){chain}.post("{URL}", json={BODY})\n'


def rows(count: int) -> str:
    table = "".join(f'    "row{n}": "{URL}",\n' for n in range(count))
    return f"import requests\nTABLE = {{\n{table}}}\n\ndef send(name):\n    requests.post(TABLE[name], json={BODY})\n"


def repetitions(count: int) -> str:
    chain = "".join(f"def send_{n}(url, body):\n    send_{n - 1}(url + NOTHING, body)\n\n" for n in range(1, count))
    helper = "def send_0(url, body):\n    requests.post(url, json=body)\n\n"
    return f'import requests\nNOTHING = ""\n{helper}{chain}send_{count - 1}("{URL}", {BODY})\n'


def constants(count: int) -> str:
    chain = "".join(f"K{n} = K{n - 1}\n" for n in range(1, count))
    usage = f'body = {{"prompt": "a fox"}}\nbody[K{count - 1}] = "1:1"\nrequests.post("{URL}", json=body)\n'
    return f'import requests\nK0 = "aspectRatio"\n{chain}{usage}'


@pytest.mark.parametrize(
    ("make", "least", "maximum", "at_limit"),
    [
        (names, 250, LIMITS.names.value + 50, "unsure"),
        (links, LIMITS.links.value // 2, LIMITS.links.value + 2, "certain"),
        (rows, LIMITS.alternatives.value, LIMITS.alternatives.value + 1, "certain"),
        (repetitions, LIMITS.growth.value - 1, LIMITS.growth.value + 20, "certain"),
        (constants, LIMITS.chain.value // 2 - 2, LIMITS.chain.value + 1, "certain"),
    ],
    ids=["names", "links", "alternatives", "growth", "chain"],
)
def test_beyond_a_limit_of_the_analysis(make: Callable[[int], str], least: int, maximum: int, at_limit: str) -> None:
    assert said({"main.py": make(least)}) == [at_limit]
    beyond = report({"main.py": make(maximum)})
    about = [finding for finding in beyond.findings if finding.old == "aspectRatio"]
    assert [finding.certainty for finding in about if finding.certainty == "certain"] == []
    assert about
    assert any("the analysis stops at" in finding.reason for finding in beyond.findings)


# What had a limit once, and has none.


def tsconfigs(count: int) -> dict[str, str]:
    files = {f"c{n}/tsconfig.json": json.dumps({"extends": f"../c{n + 1}/tsconfig.json"}) for n in range(count)}
    paths = {"compilerOptions": {"baseUrl": ".", "paths": {"@lib/*": ["./src/inner/*"]}}}
    request_code = f'fetch("{URL}", {{ method: "POST", body: JSON.stringify(body) }})'
    return files | {
        f"c{count}/tsconfig.json": json.dumps(paths),
        f"c{count}/src/inner/sender.ts": f"export function send(body: any) {{ return {request_code}; }}\n",
        "c0/main.ts": 'import { send } from "@lib/sender";\nsend({ prompt: "a fox", aspectRatio: "1:1" });\n',
    }


def chained(count: int) -> dict[str, str]:
    calls = "".join(f'.headers({{ a{n}: "1" }})' for n in range(count))
    chain = f'wretch("https://api.krea.ai").url("{URL[19:]}"){calls}'
    return {
        "main.mjs": f'import wretch from "wretch";\n{chain}.post({{ prompt: "a fox", aspectRatio: "1:1" }});\n',
    }


def constructors(count: int) -> dict[str, str]:
    base = "class C0:\n    def __init__(self, url):\n        self.url = url\n\n    def send(self, body):\n"
    base += "        requests.post(self.url, json=body)\n\n\n"
    maker = "    def __init__(self, url):\n        super().__init__(url)\n\n\n"
    above = "".join(f"class C{n}(C{n - 1}):\n{maker}" for n in range(1, count))
    return {"main.py": f'import requests\n\n\n{base}{above}C{count - 1}("{URL}").send({BODY})\n'}


def makers(count: int) -> dict[str, str]:
    opened = "".join("    " * n + f"def make_{n}():\n" for n in range(count))
    innermost = "    " * count + "def last(body):\n" + "    " * (count + 1) + f'requests.post("{URL}", json=body)\n'
    closed = "    " * count + "return last\n"
    closed += "".join("    " * n + f"return make_{n}\n" for n in range(count - 1, 0, -1))
    calls = "made_0 = make_0()\n" + "".join(f"made_{n} = made_{n - 1}()\n" for n in range(1, count))
    return {"main.py": f"import requests\n\n{opened}{innermost}{closed}\n\n{calls}made_{count - 1}({BODY})\n"}


def origins(count: int) -> dict[str, str]:
    first = 'def load_0(x):\n    body = other.load(x)\n    body["aspectRatio"] = "1:1"\n    return body\n\n\n'
    functions = "".join(f"def load_{n}(x):\n    return load_{n - 1}(x)\n\n\n" for n in range(1, count))
    return {
        "main.py": f'import other\nimport requests\n\n\n{first}{functions}requests.post("{URL}", json=load_{count - 1}(1))\n'
    }


def arguments(count: int) -> dict[str, str]:
    before = "".join(f"{n}, " for n in range(count))
    return {"main.py": f'import sdk\n\nsdk.post_json({before}"{URL}", {BODY})\n'}


def words(count: int) -> dict[str, str]:
    settings = " ".join(f"A{n}=1" for n in range(count))
    return {"send.sh": f"sudo -n env {settings} curl {URL} -d '{BODY}'\n"}


def parameters(count: int) -> dict[str, str]:
    helper = f'send() {{\n  curl "${{{count + 1}}}" -d "${{{count}}}"\n}}\n'
    before = " ".join(str(n) for n in range(1, count))
    return {"send.sh": f"{helper}send {before} '{BODY}' {URL}\n"}


def variables(count: int) -> dict[str, str]:
    definitions = "".join(f"BODY{n} = $(BODY{n - 1})\n" for n in range(1, count))
    return {"Makefile": f"BODY0 = {BODY}\n{definitions}\nsend:\n\tcurl {URL} -d '$(BODY{count - 1})'\n"}


@pytest.mark.parametrize(
    "make",
    [tsconfigs, chained, constructors, makers, origins, words, parameters, variables],
    ids=lambda make: make.__name__,
)
def test_no_limit_is_left(make: Callable[[int], dict[str, str]]) -> None:
    for count in (1, 3, 6, 12, 15):
        assert said(make(count)) == ["certain"], count


def test_an_address_behind_many_arguments() -> None:
    assert [said(arguments(count)) for count in (0, 2, 3, 4, 9)] == [["likely"]] * 5


# Limits of reading: beyond them the file is a problem that names the limit, and its names are reported.


def nested_json(count: int) -> str:
    return '{"a":' * (count - 2) + f'{{"url": "{URL}", "body": {BODY}}}' + "}" * (count - 2)


def nested_yaml(count: int) -> str:
    lead = "  " * (count - 2)
    keys = "".join("  " * n + "a:\n" for n in range(count - 2))
    return f'{keys}{lead}url: {URL}\n{lead}body:\n{lead}  prompt: a fox\n{lead}  aspectRatio: "1:1"\n'


def nested_jq(count: int) -> str:
    program = "(" * (count - 1) + '{prompt: "a fox", aspectRatio: "1:1"}' + ")" * (count - 1)
    return f"curl {URL} -d \"$(jq -n '{program}')\"\n"


def nested_shell(count: int) -> str:
    return "BODY=" + "$(echo " * count + f"'{BODY}'" + ")" * count + f'\ncurl {URL} -d "$BODY"\n'


def anchors(count: int) -> str:
    items = "[" + ", ".join(["*a"] * count) + "]"
    return f'url: {URL}\nbody:\n  prompt: a fox\n  aspectRatio: "1:1"\nfirst: &a [{", ".join("1" * 1000)}]\nothers: {items}\n'


def filled(count: int) -> str:
    return f"A = curl {{{'$(B) ' * count}}}\nB = curl x\nBODY = {BODY}\nsend:\n\t$(A)\n\tcurl {URL} -d '$(BODY)'\n"


READERS: dict[str, tuple[str, Callable[[int], str], int, int]] = {
    "JSON": ("a.json", nested_json, READING.nesting.value, READING.nesting.value + 1),
    "YAML": ("a.yaml", nested_yaml, READING.nesting.value, READING.nesting.value + 1),
    "jq": ("a.sh", nested_jq, READING.nesting.value, READING.nesting.value + 1),
    "shell": ("a.sh", nested_shell, READING.nesting.value, READING.nesting.value + 2),
    "anchors": ("a.yaml", anchors, READING.anchors.value // 1000 - 1, READING.anchors.value // 1000),
    "make": ("Makefile", filled, 1000, READING.expansions.value + 1),
    "bytes": ("a.py", lambda n: f'requests.post("{URL}", json={BODY})\n#'.ljust(n - 1, "x") + "\n", 90, 5_000_001),
}


@pytest.mark.parametrize("name", READERS)
def test_beyond_a_limit_of_reading(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, make, least, maximum = READERS[name]
    monkeypatch.chdir(tmp_path)
    Path(file).write_text(make(least))
    at_limit = engine.check(["."])
    assert not at_limit.problems
    assert [finding.old for finding in at_limit.findings if finding.certainty != "unsure"] == ["aspectRatio"]
    Path(file).write_text(make(maximum))
    beyond = engine.check(["."])
    assert list(beyond.problems) == [file]
    assert any(limit.told in beyond.problems[file] or "MB" in beyond.problems[file] for limit in READING)
    assert {finding.certainty for finding in beyond.findings} <= {"unsure"}


def test_a_variable_of_make_that_is_made_of_itself() -> None:
    text = f"A = curl $(B)\nB = curl $(A)\nBODY = {BODY}\nsend:\n\techo $(A)\n\tcurl {URL} -d '$(BODY)'\n"
    assert said({"Makefile": text}) == ["certain"]


# No bound stands in another module.


def bounds(path: Path) -> Iterator[str]:
    """Yield the comparisons, slices, ranges and defaults of a module that bound something by a number of more than two."""
    tree = ast.parse(path.read_text("utf-8"))
    constants = {
        target.id
        for statement in tree.body
        if isinstance(statement, ast.Assign) and _is_large(statement.value, set())
        for target in statement.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        match node:
            case ast.Compare(left=first_operand, ops=operators, comparators=operands) if any(
                isinstance(operator, (ast.Lt, ast.LtE, ast.Gt, ast.GtE)) for operator in operators
            ):
                numbers = [first_operand, *operands]
            case ast.Slice(upper=upper) if upper is not None:
                numbers = [upper]
            case ast.Call(func=ast.Name(id="range" | "islice"), args=args):
                numbers = args
            case ast.arguments(defaults=defaults, kw_defaults=keyword_defaults):
                numbers = [number for number in (*defaults, *keyword_defaults) if number is not None]
            case _:
                continue
        if any(_is_large(number, constants) for number in numbers):
            yield f"{path.relative_to(PACKAGE).as_posix()}: {ast.unparse(node)[:100]}"


def _is_large(node: ast.expr, constants: set[str]) -> bool:
    if isinstance(node, ast.BinOp):
        return _is_large(node.left, constants) or _is_large(node.right, constants)
    if isinstance(node, ast.Name):
        return node.id in constants
    return isinstance(node, ast.Constant) and isinstance(node.value, (int, float)) and node.value > 2


def test_every_bound_is_a_limit() -> None:
    actual_bounds = [bound for path in sorted(PACKAGE.rglob("*.py")) for bound in bounds(path)]
    assert sorted(set(actual_bounds) ^ set(NO_LIMITS)) == []
