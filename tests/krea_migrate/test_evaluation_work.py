"""How much is evaluated: values of functions that call themselves are few, each once, and come to an end."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable

import pytest

from krea_migrate import deep_stack
from krea_migrate.flow.evaluator import Evaluator
from krea_migrate.flow.project import Project
from krea_migrate.flow.values import Frame, GuardedValue, Unknown, identity
from krea_migrate.ir import tail
from krea_migrate.languages import python
from krea_migrate.limits import LIMITS, PRECISION
from krea_migrate.reading import Reading
from krea_migrate.report import Report
from krea_migrate.source import Source

ADDRESS = "https://api.krea.ai/generate/image/z-image/z-image"
BODY = '{"prompt": "a fox", "aspectRatio": "1:1"}'


def mutual(count: int, shows: int) -> str:
    """Return functions that all give what all others give, and calls of show() with what comes of it."""
    functions = "".join(
        f"def f{i}(part):\n"
        + "".join(f"    if lib.a{i}_{j}():\n        return f{j}(lib.b{i}_{j}(part))\n" for j in range(count) if j != i)
        + f"    return lib.c{i}(part)\n\n"
        for i in range(count)
    )
    return f"import lib\n\n{functions}value = f0(lib.d())\n" + "show(value)\n" * shows


def steps_of_all(source: str, question: int) -> list[int]:
    """Return how many steps each call of show() takes, with a limit of the steps of one question."""
    module = python.read(source.encode(), "main.py", "main.py")
    limits = LIMITS._replace(question=LIMITS.question._replace(value=question))
    project = Project(limits=limits)
    project.add(module)
    evaluator = Evaluator(project, limits)
    steps: list[int] = []
    for site in (site for site in module.calls if tail(site.call.of) == "show"):
        before = evaluator.state.work
        evaluator.value(site.call.args[0], Frame(site.scope))
        assert LIMITS.question._replace(value=question).told in evaluator.state.observe()
        steps.append(evaluator.state.work - before)
    return steps


def test_what_lies_beyond_a_limit_is_not_followed_again_by_each_question() -> None:
    first, *others = deep_stack.run(lambda: steps_of_all(mutual(4, 40), 300))
    assert sum(others) < first


def test_further_questions_have_fewer_steps_after_many_that_passed_the_limit() -> None:
    groups = 2 * PRECISION.exhausted
    source = "import lib\n" + "".join(
        re.sub(r"\b(f\d|value)\b", rf"g{group}_\1", mutual(4, 1)).removeprefix("import lib\n")
        for group in range(groups)
    )
    limits = LIMITS._replace(question=LIMITS.question._replace(value=300), further=LIMITS.further._replace(value=30))
    module = python.read(source.encode(), "main.py", "main.py")
    project = Project(limits=limits)
    project.add(module)
    evaluator = Evaluator(project, limits)
    steps: list[int] = []
    for site in (site for site in module.calls if tail(site.call.of) == "show"):
        before = evaluator.state.work
        deep_stack.run(lambda site=site: evaluator.value(site.call.args[0], Frame(site.scope)))
        steps.append(evaluator.state.work - before)
    first, last = steps[: PRECISION.exhausted], steps[PRECISION.exhausted :]
    assert min(first) >= 300
    assert max(last) < 150
    assert limits.further.told in evaluator.state.observe()


def calling(count: int) -> str:
    """Return functions that all call one another with what they are given, and calls of show() in each of them."""
    functions = "".join(
        f"def f{i}(part, n):\n    show(part)\n" + "".join(f"    f{j}(part, n - {i})\n" for j in range(count))
        for i in range(count)
    )
    return f"import lib\n\n{functions}f0(lib.d(), 3)\n"


def test_parameters_beyond_a_limit_are_not_looked_for_again_by_each_question() -> None:
    first, *others = deep_stack.run(lambda: steps_of_all(calling(12), 60))
    assert sum(others) < 5 * first


def shown(source: str) -> tuple[list[GuardedValue], int]:
    """Return what `show(x)` is given, whoever calls the function around it, and how many questions that took."""
    module = python.read(source.encode(), "main.py", "main.py")
    project = Project()
    project.add(module)
    evaluator = Evaluator(project)
    (site,) = [site for site in module.calls if tail(site.call.of) == "show"]
    return evaluator.value(site.call.args[0], Frame(site.scope)), evaluator.state.work


def test_each_value_stands_once_for_the_same_branches() -> None:
    values, steps = shown("""
import lib

def resolved(content, node):
    while "ref" in node:
        target = content
        for part in node["ref"].removeprefix("#/").split("/"):
            target = target[part.replace("~1", "/")]
        node = target
    show(node)

resolved(lib.a(), lib.b())
resolved(lib.c(), lib.d())
""")
    kinds = [(identity(alt.value), alt.yes, alt.no) for alt in values]
    assert len(kinds) == len(set(kinds))
    assert steps < 200


def test_arguments_of_functions_that_call_themselves_come_to_an_end() -> None:
    values, steps = shown("def run(*words):\n    show(words)\n    run(words[0])\n\nrun('a')\n")
    assert len(values) == 2
    assert steps < 100


@pytest.mark.parametrize(
    "again", ["part + '/'", "f'{part}/{name()}'", "part.above", "part['above']", "'/'.join([part, name()])"]
)
def test_what_grows_in_a_recursion_is_unknown_from_a_length_on(again: str) -> None:
    program = f"import lib\n\ndef walk(part):\n    show(part)\n    walk({again})\n\nwalk('a')\nwalk(lib.first)\nwalk(lib.second())\n"
    values, steps = shown(program)
    assert any(isinstance(alt.value, Unknown) and alt.value.limit == LIMITS.growth.told for alt in values)
    assert len(values) < 5 * LIMITS.growth.value
    assert steps < 50 * LIMITS.growth.value


def calls_of(source: str, path: str = "main.py") -> int:
    """Return how many functions of Python the analysis of a program or document calls."""
    count = 0

    def note(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"

    reading = Reading(Report(sources={path: Source(path, source.encode())}), frozenset({path}))
    sys.setprofile(note)
    try:
        list(reading.findings())
    finally:
        sys.setprofile(None)
    return count


def test_values_that_a_step_multiplies_count_as_steps() -> None:
    rows = ", ".join(f'{{"k{n}": "v{n}"}}' for n in range(900))
    keys = ", ".join(f'"k{n}"' for n in range(900))
    program = f"ROWS = [{rows}]\nKEYS = [{keys}]\nfor row in ROWS:\n    for key in KEYS:\n        show(row[key])\n"
    values, steps = shown(program)
    assert steps > LIMITS.question.value
    assert any(isinstance(alt.value, Unknown) for alt in values)


def lists(count: int) -> str:
    filled = "".join(
        f"l{n} = []\nl{n}.append({BODY})\nfor b in l{n}:\n    requests.post(URL, json=b)\n" for n in range(count)
    )
    return f'import requests\nURL = "{ADDRESS}"\n{filled}'


def methods(count: int) -> str:
    run = "    def run(self, body):\n        requests.post(URL, json=body)\n\n"
    start = f"    def start(self):\n        self.run({BODY})\n\n"
    return f'import requests\nURL = "{ADDRESS}"\n' + "".join(f"class C{n}:\n{run}{start}" for n in range(count))


@pytest.mark.parametrize("program", [lists, methods])
def test_work_grows_with_the_size_of_the_program(program: Callable[[int], str]) -> None:
    small, large = (deep_stack.run(lambda count=count: calls_of(program(count))) for count in (25, 100))
    assert large < 4.8 * small


def test_an_address_that_a_batch_file_repeats_is_looked_up_once() -> None:
    url = "https://api.krea.ai/generate/image/krea/krea-0"
    # none of them is judged like another one
    lines = [f'{{"url": "{url}", "k{n}": 1, "body": {BODY}}}\n' for n in range(12)]
    small, large = (
        deep_stack.run(lambda count=count: calls_of("".join(lines[:count]), "batch.jsonl")) for count in (2, 12)
    )
    assert (large - small) / 10 < 1_000  # a search among all addresses calls 10,000 functions and more
