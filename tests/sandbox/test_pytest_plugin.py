"""What the plugin gives to people's tests, seen from outside: a pytest inside this pytest."""

import json
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest

from krea_client.sandbox import parts

pytest_plugins = ["pytester"]
pytestmark = pytest.mark.usefixtures("whole_client")

ROOT = Path(__file__).resolve().parents[2]
PLUGIN = "krea_client.pytest_plugin"
# Named by hand, so that these tests see this checkout's plugin whatever is installed.
OPTIONS = ("-p", "no:krea_client", "-p", PLUGIN, "-p", "no:cacheprovider", "-p", "no:schemathesis", "--strict-markers")


def run(pytester: pytest.Pytester, source: str, ini: str = "") -> pytest.RunResult:
    pytester.makepyfile(source)
    if ini:
        pytester.makeini(f"[pytest]\n{ini}\n")
    return pytester.runpytest_inprocess(*OPTIONS)


def test_each_test_has_a_sandbox_and_clients_of_its_own(pytester: pytest.Pytester) -> None:
    source = """
        import asyncio, pytest
        @pytest.mark.parametrize("turn", [1, 2])
        def test_sync(krea, krea_sandbox, turn):
            job = krea.run("z-image/z-image", prompt="x", aspect_ratio="1:1", resolution="1K")
            assert job.succeeded
            assert [row.billed for row in krea_sandbox.ledger] == [0.003]
        def test_async(async_krea, krea_sandbox):
            job = asyncio.run(async_krea.run("z-image/z-image", prompt="x", aspect_ratio="1:1", resolution="1K"))
            assert job.id == krea_sandbox.ledger[0].job_id
    """
    run(pytester, source).assert_outcomes(passed=3)


def test_the_nearest_marker_wins_over_farther_ones_and_the_ini_file(pytester: pytest.Pytester) -> None:
    source = """
        import pytest
        pytestmark = pytest.mark.krea_sandbox(balance=2.0, concurrent=3)
        def test_module(krea_sandbox):
            assert (krea_sandbox.balance, krea_sandbox.concurrent) == (2.0, 3)
            assert krea_sandbox.date.isoformat() == "2026-06-18T00:00:00+00:00"
        @pytest.mark.krea_sandbox(balance=1.0, date="2026-06-19")
        def test_function(krea_sandbox):
            assert (krea_sandbox.balance, krea_sandbox.concurrent, krea_sandbox.date.day) == (1.0, 3, 19)
    """
    run(pytester, source, "krea_sandbox_date = 2026-06-18\nkrea_sandbox_balance = 7").assert_outcomes(passed=2)


@pytest.mark.parametrize(
    ("mark", "ini", "told"),
    [
        ("balnce=1", "", "balnce"),
        ("date='soon'", "", "soon"),
        ("1.0", "", "give names"),
        ("", "krea_sandbox_balance = much", "krea_sandbox_balance = much: give a number"),
    ],
)
def test_wrong_options_are_named(pytester: pytest.Pytester, mark: str, ini: str, told: str) -> None:
    source = f"""
        import pytest
        @pytest.mark.krea_sandbox({mark})
        def test_it(krea_sandbox): ...
    """
    result = run(pytester, source, ini)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([f"*{told}*"])


def test_without_the_extra_the_fixture_says_what_to_install(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "find_spec", lambda name: None if name == "jsonschema" else find_spec(name))
    source = """
        def test_other(): ...
        def test_it(krea_sandbox): ...
    """
    result = run(pytester, source)
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*needs jsonschema, which is not installed: pip install 'krea-client?sandbox?'*"])


def test_the_environment_leads_every_client_to_the_sandbox(pytester: pytest.Pytester) -> None:
    source = """
        import os, subprocess, sys
        from krea_client import Krea
        def test_it(krea_environment):
            with Krea() as krea:
                job = krea.submit("z-image/z-image", prompt="x", aspect_ratio="1:1", resolution="1K")
            assert krea_environment.ledger[0].job_id == job.id
            assert os.environ["KREA_BASE_URL"] == krea_environment.url
    """
    run(pytester, source).assert_outcomes(passed=1)


def test_loading_the_plugin_loads_nothing_heavy() -> None:
    program = (
        f"import sys, json, pytest\nsys.path[:0] = {[str(ROOT / 'shim'), str(ROOT / 'generated')]!r}\n"
        "before = set(sys.modules)\nimport krea_client.pytest_plugin\nprint(json.dumps(sorted(set(sys.modules) - before)))"
    )
    done = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == ["krea_client", PLUGIN]


def test_pytest_finds_the_plugin_by_itself() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["entry-points"]["pytest11"] == {"krea_client": PLUGIN}
