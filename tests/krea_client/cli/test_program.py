"""The command as a process: exit codes, what it loads, Ctrl-C, missing extras, and the sandbox that it serves."""

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import httpx
import pytest
import yaml

from krea_client.cli import commands

ROOT = Path(__file__).resolve().parents[3]
PATHS = f"import sys; sys.path[:0] = {[str(ROOT / 'shim'), str(ROOT / 'generated')]!r}; "


def python(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PATHS + program, *arguments], capture_output=True, text=True, check=False, timeout=30
    )


@pytest.mark.parametrize(
    "arguments", [["--help"], ["generate", "--help"], ["sandbox", "-h"], ["jobs", "wait", "--help"], ["--version"]]
)
def test_help_and_version_are_results(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.run(arguments) == 0
    out, err = capsys.readouterr()
    assert out
    assert err == ""


def without_json(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[str]:
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from without_json(inner, (*path, name))
    prints = not isinstance(command, click.Group) or command.invoke_without_command
    if prints and not any("--json" in parameter.opts for parameter in command.params):
        yield " ".join(path)


def test_every_command_gives_its_result_as_json() -> None:
    # `run` has the output of somebody's program, `migrate` a diff, `mcp` a protocol; `batch export` has JSON lines without an option.
    others = {"completion", "gateway", "migrate", "run", "mcp", "batch export"}
    # These change something and have no result; `batch work` prints the names of files as it saves them.
    changes = {"login", "logout", "batch work", *(f"batch {name}" for name in ("cancel", "claim", "release", "retry"))}
    assert set(without_json(commands.cli)) == others | changes


@pytest.mark.parametrize(
    "arguments",
    [
        ["generate"],
        ["nonsense"],
        ["generate", "z-image/z-image", "--nonsense"],
        ["generate", "m", "--on-interrupt", "x"],
        ["sandbox", "--port", "70000"],
    ],
)
def test_wrong_usage_is_the_exit_code_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.run(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "Error: " in err


def test_options_reach_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    existing = tmp_path / "taken.png"
    existing.touch()
    assert commands.run(["generate", "z-image/z-image", "-p", "x", "-o", str(existing)]) == 2
    assert "give --overwrite" in capsys.readouterr().err
    assert (
        commands.run(["generate", "z-image/z-image", "-p", "x", "-i", "seed=x", "-o", str(existing), "--overwrite"])
        == 2
    )
    assert "-i seed: 'x' is not a number" in capsys.readouterr().err


def test_help_starts_without_http_terminal_and_sandbox() -> None:
    completed = python(
        "from krea_client.cli import main; import contextlib, io\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit): sys.argv[1:] = ['--help']; main()\n"
        "heavy = 'httpx', 'rich', 'attrs', 'asyncio', 'jsonschema', 'jsonschema_rs', 'PIL', 'krea_api'\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    assert completed.stdout == "[]\n", completed.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["models", "list"],
        ["models", "show", "z-image/z-image"],
        ["aliases"],
        ["translate", "z-image/z-image", "absent.json"],
        ["spec"],
        ["spec", "--format", "yaml"],
    ],
)
def test_what_needs_no_network_loads_none_of_it(arguments: list[str]) -> None:
    completed = python(
        "from krea_client.cli import commands\n"
        "import contextlib, io\n"
        "with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO())): commands.run(sys.argv[1:])\n"
        "heavy = 'httpx', 'rich', 'attrs', 'asyncio', 'jsonschema', 'jsonschema_rs', 'PIL', 'krea_api.models'\n"
        "print([name for name in heavy if name in sys.modules])",
        *arguments,
    )
    assert completed.stdout == "[]\n", completed.stderr


def test_the_document_is_printed_as_shipped_and_as_yaml(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert commands.run(["spec"]) == 0
    shipped = capfdbinary.readouterr().out
    assert shipped == (ROOT / "generated" / "openapi.json").read_bytes()
    assert commands.run(["spec", "--format", "yaml"]) == 0
    assert yaml.safe_load(capfdbinary.readouterr().out) == json.loads(shipped)
    assert commands.run(["spec", "--json"]) == 0
    assert capfdbinary.readouterr().out == shipped


@pytest.mark.parametrize(
    ("missing", "arguments", "extra"),
    [
        ("click", ["--help"], "cli"),
        ("PIL", ["generate", "z-image/z-image", "-p", "x", "--sandbox"], "sandbox"),
        ("uvicorn", ["sandbox"], "sandbox"),
    ],
)
def test_a_missing_extra_is_one_line(missing: str, arguments: list[str], extra: str) -> None:
    completed = python(f"sys.modules[{missing!r}] = None\nfrom krea_client.cli import main; main()", *arguments)
    assert completed.returncode == 2
    assert completed.stdout == ""
    assert completed.stderr.splitlines()[-1].startswith("krea-client: ")
    assert f"pip install '.[{extra}]'" in completed.stderr
    assert "Traceback" not in completed.stderr


def test_the_second_interrupt_leaves_at_once() -> None:
    completed = python(
        "import signal\n"
        "from krea_client.cli.signals import EmergencyNotice, handled\n"
        "EmergencyNotice.text = 'job 1 may go on'\n"
        "with handled():\n"
        "    try: signal.raise_signal(signal.SIGINT)\n"
        "    except KeyboardInterrupt: print('first', flush=True)\n"
        "    signal.raise_signal(signal.SIGINT)\n"
        "    print('never')"
    )
    assert (completed.returncode, completed.stdout, completed.stderr) == (130, "first\n", "job 1 may go on")


def test_afterwards_interrupts_are_as_before() -> None:
    from krea_client.cli.signals import handled

    before = signal.getsignal(signal.SIGINT)
    with handled():
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before


def test_the_sandbox_says_where_it_is_and_ends_on_ctrl_c() -> None:
    command = [
        sys.executable,
        "-c",
        PATHS + "from krea_client.cli import main; main()",
        "sandbox",
        "--port",
        "0",
        "--date",
        "2026-06-18",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        url = process.stdout.readline().strip()
        with httpx.Client(headers={"Authorization": "Bearer x"}) as client:
            state = client.get(f"{url}/__sandbox__/state").json()
            body = {"prompt": "a fox", "aspectRatio": "1:1", "resolution": "1K"}
            accepted = client.post(f"{url}/generate/image/z-image/z-image", content=json.dumps(body))
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=10)
    assert state["now"].startswith("2026-06-18")
    assert accepted.status_code == 200  # the day before the cut-off: deprecated names are still taken
    assert (process.returncode, out) == (0, "")
    assert "Traceback" not in err


def test_a_port_that_is_taken_and_a_date_that_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as occupied:
        assert commands.run(["sandbox", "--port", str(occupied.getsockname()[1])]) == 2
    assert "choose another --port" in capsys.readouterr().err
    assert commands.run(["sandbox", "--date", "yesterday"]) == 2
    assert "--date yesterday" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [("KREA_CLIENT_LOG", "loud", "give one of debug"), ("KREA_PROFILE", "nosuch", "there is no profile 'nosuch'")],
)
@pytest.mark.parametrize(
    "arguments", [("jobs", "list", "--sandbox"), ("mcp", "--budget", "1", "--sandbox"), ("mcp", "--budget", "1")]
)
def test_a_setting_that_is_wrong_is_one_line(
    arguments: tuple[str, ...],
    name: str,
    value: str,
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv(name, value)
    assert commands.run(arguments) == 2
    assert words in capsys.readouterr().err.splitlines()[-1]
