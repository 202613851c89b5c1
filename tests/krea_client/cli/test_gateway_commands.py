"""`krea-client run -- COMMAND`: its options reach the gateway and the sandbox, and the report at the end says what was seen."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from krea_client.cli import commands, exit_codes, gateway_commands
from krea_client.sandbox import KreaSandbox

Output = tuple[int, str, str]
Run = Callable[..., Output]

GENERATE = """
import json, os, sys, time, urllib.request
def call(path, body=None):
    headers = {"Authorization": "Bearer " + os.environ["KREA_API_TOKEN"], "User-Agent": "posters/2.1"}
    data = None if body is None else json.dumps(body).encode()
    return json.load(urllib.request.urlopen(urllib.request.Request("https://api.krea.ai" + path, data, headers)))
"""
SUBMIT = GENERATE + (
    "job = call('/generate/image/z-image/z-image', {'prompt': 'a fox', 'aspectRatio': '1:1', 'resolution': '1K'})\n"
)
LOOK = (
    GENERATE
    + "content = call('/openapi.json')['paths']['/generate/image/z-image/z-image']['post']['requestBody']['content']\n"
    "print('aspectRatio' in content['application/json']['schema']['properties'])\n"
)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run a source text as a program of Python behind the gateway, with `krea-client run OPTIONS -- python prog.py`."""
    monkeypatch.chdir(tmp_path)
    for name in ("NO_PROXY", "no_proxy", "KREA_BASE_URL", "KREA_CLIENT_COMPAT_DOCUMENT"):
        monkeypatch.delenv(name, raising=False)

    def run(source: str, *options: str) -> Output:
        (tmp_path / "prog.py").write_text(source, "utf-8")
        code = commands.run(["run", *options, "--", sys.executable, "prog.py"])
        captured = capfd.readouterr()
        return code, captured.out, captured.err

    return run


def test_the_report_says_what_was_seen_and_what_arrived(run: Run) -> None:
    code, out, err = run(SUBMIT, "--sandbox", "--date", "2026-11-20", "--time-scale", "0")
    assert (code, out) == (0, "")
    assert err == (
        "krea-client: 1 request, 1 accepted, 1 had deprecated fields\n"
        "  z-image/z-image: 'aspectRatio' renamed (once, posters/2.1): rename aspectRatio to aspect_ratio\n"
        "  accepted: image/z-image/z-image for 0.003 USD, queued: "
        '{"prompt": "a fox", "aspect_ratio": "1:1", "resolution": "1K"}\n'
    )


def test_a_program_of_which_no_call_was_seen_is_told_so(run: Run) -> None:
    code, out, err = run("print('done')", "--sandbox")
    assert (code, out) == (0, "done\n")
    assert err == (
        "krea-client: 0 requests, 0 accepted, 0 had deprecated fields\n"
        "krea-client: no call to api.krea.ai was seen: the program made none, or its HTTP library went past the gateway; "
        "docs/legacy.md lists the libraries that do\n"
    )


def test_the_report_comes_after_a_program_that_fails_too(run: Run) -> None:
    code, _, err = run(SUBMIT + "sys.exit(7)", "--sandbox")
    assert code == 7
    assert "krea-client: 1 request, 1 accepted" in err


def test_jobs_end_sooner_with_a_time_scale(run: Run) -> None:
    wait = """
for _ in range(100):
    if call('/jobs/' + job['job_id'])['status'] == 'completed':
        sys.exit(0)
    time.sleep(0.02)
sys.exit(1)
"""
    code, _, err = run(SUBMIT + wait, "--sandbox", "--time-scale", "1000")
    assert code == 0, err


@pytest.mark.parametrize(
    ("options", "kept"), [((), True), (("--no-compat-document",), False), (("--compat-document",), True)]
)
def test_the_document_that_the_program_reads_keeps_the_deprecated_names(
    run: Run, options: tuple[str, ...], kept: bool
) -> None:
    code, out, err = run(LOOK, "--sandbox", *options)
    assert (code, out) == (0, f"{kept}\n")
    assert err.splitlines()[0] == "krea-client: 1 request, 1 accepted, 0 had deprecated fields"
    assert ("in which the deprecated names were kept" in err) == kept
    assert ("a look-up in it may have failed silently" in err) == (not kept)


def test_the_environment_decides_where_no_option_is_given(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KREA_CLIENT_COMPAT_DOCUMENT", "0")
    assert run(LOOK, "--sandbox")[:2] == (0, "False\n")
    assert run(LOOK, "--sandbox", "--compat-document")[:2] == (0, "True\n")
    monkeypatch.setenv("KREA_CLIENT_COMPAT_DOCUMENT", "perhaps")
    code, _, err = run(LOOK, "--sandbox")
    assert code == exit_codes.USAGE
    assert "KREA_CLIENT_COMPAT_DOCUMENT='perhaps' is neither yes nor no" in err


@pytest.mark.parametrize("options", [("--date", "2026-11-20"), ("--time-scale", "5")])
@pytest.mark.parametrize("command", ["run", "gateway"])
def test_an_option_of_the_sandbox_without_a_sandbox_is_told(
    command: str, options: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [command, *options, *(["prog.py"] if command == "run" else [])]
    assert commands.run(arguments) == exit_codes.USAGE
    assert f"{options[0]} is an option of the sandbox" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["no-such-program", "folder"])
def test_a_command_that_cannot_be_started(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "folder").mkdir()
    path = name if name == "no-such-program" else str(tmp_path / "folder")
    assert commands.run(["run", "--", path]) == (127 if name == "no-such-program" else 126)
    assert capsys.readouterr().err.startswith(f"krea-client: cannot run {path}: ")


def test_a_python_program_with_the_address_written_out_is_led_to_the_base_url(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Whoever set KREA_BASE_URL to a sandbox must not pay; and the warning still names the line of the program."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KREA_API_TOKEN", "any")
    lines = SUBMIT + "print(call('/jobs/' + job['job_id'])['job_id'] == job['job_id'], sys.argv[1:])\n"
    (tmp_path / "prog.py").write_text(lines, "utf-8")
    with KreaSandbox(date="2026-11-20") as box:
        monkeypatch.setenv("KREA_BASE_URL", box.url)
        assert commands.run(["run", "prog.py", "--count", "3"]) == 0
        assert [row.fields["aspect_ratio"] for row in box.ledger] == ["1:1"]
    out, err = capfd.readouterr()
    assert out == "True ['--count', '3']\n"
    assert "prog.py:6: KreaSunsetWarning" in err


def test_without_the_packages_for_it_that_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "cryptography", None)
    monkeypatch.setenv("KREA_BASE_URL", "http://127.0.0.1:9")
    assert not gateway_commands.must_be_led()
    assert "in spite of KREA_BASE_URL" in (message := capsys.readouterr().err)
    assert "'.[gateway]'" in message


@pytest.mark.parametrize("variables", [{}, {"KREA_BASE_URL": "https://api.krea.ai"}, {"KREA_CLIENT_GATEWAY": "x"}])
def test_a_program_is_not_led_where_there_is_nothing_to_lead(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]
) -> None:
    monkeypatch.delenv("KREA_BASE_URL", raising=False)
    if "KREA_CLIENT_GATEWAY" in variables:
        monkeypatch.setenv("KREA_BASE_URL", "http://127.0.0.1:9")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert not gateway_commands.must_be_led()
