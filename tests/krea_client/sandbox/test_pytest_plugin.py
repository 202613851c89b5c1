"""What the plugin gives to people's tests, seen from outside: a pytest of its own, for inside this one it would forget modules."""

import json
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]
Run = Callable[..., pytest.RunResult]

ROOT = Path(__file__).resolve().parents[3]
PLUGIN = "krea_client.pytest_plugin"

OWN = """
    import asyncio, pytest
    REQUEST = {"prompt": "x", "aspect_ratio": "1:1", "resolution": "1K"}
    @pytest.mark.parametrize("turn", [1, 2])
    def test_sync(krea, krea_sandbox, turn):
        assert krea.run("z-image/z-image", REQUEST).succeeded
        assert [row.billed for row in krea_sandbox.ledger] == [krea.price("z-image/z-image").amount]
    def test_async(async_krea, krea_sandbox):
        job = asyncio.run(async_krea.run("z-image/z-image", REQUEST))
        assert job.id == krea_sandbox.ledger[0].job_id
"""
MARKED_TESTS = """
    import pytest
    pytestmark = pytest.mark.krea_sandbox(balance=2.0, concurrent=3)
    def test_module(krea_sandbox):
        assert (krea_sandbox.balance, krea_sandbox.concurrent) == (2.0, 3)
        assert krea_sandbox.date.isoformat() == "2026-06-18T00:00:00+00:00"
    @pytest.mark.krea_sandbox(balance=1.0, date="2026-06-19")
    def test_function(krea_sandbox):
        assert (krea_sandbox.balance, krea_sandbox.concurrent, krea_sandbox.date.day) == (1.0, 3, 19)
"""
ENVIRONMENT = """
    from krea_client import Krea
    def test_a_program_with_a_client_of_its_own(krea_environment):
        with Krea() as krea:
            job = krea.submit("z-image/z-image", prompt="x", aspect_ratio="1:1", resolution="1K")
        assert krea_environment.ledger[0].job_id == job.id
"""
WRONG = """
    import pytest
    @pytest.mark.krea_sandbox(balnce=1)
    def test_name(krea_sandbox): ...
    @pytest.mark.krea_sandbox(date="soon")
    def test_date(krea_sandbox): ...
    @pytest.mark.krea_sandbox(1.0)
    def test_nameless(krea_sandbox): ...
"""
NO_EXTRA = """
    import importlib.util
    import krea_client.sandbox.optional_packages as parts
    parts.find_spec = lambda name: None if name == "jsonschema" else importlib.util.find_spec(name)
"""
PLAIN = """
    def test_without(): ...
    def test_with(krea_sandbox): ...
"""


def test_sandboxes_and_clients_are_each_tests_own_and_as_marked(pytester: pytest.Pytester, their_pytest: Run) -> None:
    pytester.makeini("[pytest]\nkrea_sandbox_date = 2026-06-18\nkrea_sandbox_balance = 7\n")
    pytester.makepyfile(test_own=OWN, test_marked=MARKED_TESTS, test_environment=ENVIRONMENT)
    their_pytest().assert_outcomes(passed=6)


def test_the_document_is_read_before_the_first_test_and_only_where_one_wants_a_sandbox(
    pytester: pytest.Pytester, their_pytest: Run
) -> None:
    early = "import sys\ndef test_early(): assert ('krea_client.sandbox.sandbox' in sys.modules) is {wanted}\n"
    pytester.makepyfile(test_a=early.format(wanted=False))
    their_pytest().assert_outcomes(passed=1)
    pytester.makepyfile(test_a=early.format(wanted=True), test_b="def test_later(krea_sandbox): ...")
    their_pytest().assert_outcomes(passed=2)


def test_wrong_options_are_named(pytester: pytest.Pytester, their_pytest: Run) -> None:
    pytester.makepyfile(WRONG)
    result = their_pytest()
    result.assert_outcomes(errors=3)
    result.stdout.fnmatch_lines(["*'balnce'*", "*soon*", "*(1.0,): give names*"])


def test_a_wrong_number_of_the_ini_file_is_named(pytester: pytest.Pytester, their_pytest: Run) -> None:
    pytester.makeini("[pytest]\nkrea_sandbox_balance = much\n")
    pytester.makepyfile(PLAIN)
    result = their_pytest()
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*krea_sandbox_balance = much: give a number*"])


def test_without_the_extra_only_the_fixture_fails_and_says_what_to_install(
    pytester: pytest.Pytester, their_pytest: Run
) -> None:
    pytester.makeconftest(NO_EXTRA)
    pytester.makepyfile(PLAIN)
    result = their_pytest()
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(
        ["*needs jsonschema, not installed here; in a checkout of krea-client, run: pip install '.?sandbox?'*"]
    )


def test_loading_the_plugin_loads_nothing_heavy() -> None:
    program = (
        f"import sys, json, pytest\nsys.path[:0] = {[str(ROOT / 'shim'), str(ROOT / 'generated')]!r}\n"
        "before = set(sys.modules)\nimport krea_client.pytest_plugin\nprint(json.dumps(sorted(set(sys.modules) - before)))"
    )
    completed = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True)
    assert json.loads(completed.stdout) == ["krea_client", "krea_client._version", PLUGIN]


def test_pytest_finds_the_plugin_by_itself() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["entry-points"]["pytest11"] == {"krea_client": PLUGIN}
