"""`krea-client run` is `python` for the program: arguments, name, path, exit code, tracebacks."""

import os
import signal
import subprocess
import sys
import textwrap
import zipapp
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from krea_client import legacy
from krea_client.cli import commands
from krea_client.cli.signals import Interrupted
from krea_client.sandbox import KreaSandbox

Run = Callable[..., int]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Run a source text as prog.py in this process, and leaves the interpreter as it was."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", sys.argv)
    monkeypatch.setattr(sys, "path", ["the command's folder", *sys.path])
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    interrupt = signal.getsignal(signal.SIGINT)

    def carried(source: str, *words: str) -> int:
        (tmp_path / "prog.py").write_text(textwrap.dedent(source), "utf-8")
        return commands.run(["run", *(words or ("prog.py",))])

    yield carried
    signal.signal(signal.SIGINT, interrupt)
    legacy.uninstall()
    for name in ("prog", "beside"):
        sys.modules.pop(name, None)


def test_the_program_finds_itself_where_python_would_put_it(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = (
        "import sys\nprint(__name__, __file__, sys.argv, sys.path[0], sys.modules['__main__'].__dict__ is globals())"
    )
    assert run(source, "prog.py", "--count", "3", "-m", "--help") == 0
    messages = f"__main__ {tmp_path / 'prog.py'} ['prog.py', '--count', '3', '-m', '--help'] {tmp_path} True\n"
    assert capsys.readouterr().out == messages


def test_a_module(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("import sys\nprint(__name__, sys.argv, sys.path[0])", "-m", "prog", "--x") == 0
    assert capsys.readouterr().out == f"__main__ ['{tmp_path / 'prog.py'}', '--x'] {tmp_path}\n"


@pytest.mark.parametrize("packed", [False, True])
def test_a_folder_or_an_archive_with_a_main_module(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], packed: bool
) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "__main__.py").write_text(
        "import sys, beside\nprint(__name__, sys.argv, sys.path[0], beside.NAME)", "utf-8"
    )
    (tmp_path / "app" / "beside.py").write_text("NAME = 'beside'", "utf-8")
    if packed:
        zipapp.create_archive(tmp_path / "app", tmp_path / "app.pyz", "/usr/bin/env python3")
    name = "app.pyz" if packed else "app"
    assert run("", name, "--x") == 0
    assert capsys.readouterr().out == f"__main__ ['{name}', '--x'] {name} beside\n"


def test_a_folder_without_a_main_module_is_said_in_a_line(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "app").mkdir()
    assert run("", "app") == 2
    assert capsys.readouterr().err == "krea-client: cannot run app: it is a folder without __main__.py\n"


def test_the_adapters_are_in_place_when_it_begins(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("import requests\nprint(hasattr(requests.Session.send, '__wrapped__'))") == 0
    assert capsys.readouterr().out == "True\n"


@pytest.mark.parametrize(("options", "kept"), [((), True), (("--no-compat-document",), False)])
def test_the_document_that_it_reads_keeps_the_deprecated_names(
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    options: tuple[str, ...],
    kept: bool,
) -> None:
    with KreaSandbox(date="2026-11-20") as box:
        monkeypatch.setenv("KREA_BASE_URL", box.url)
        source = (
            "import os, urllib.request\n"
            "with urllib.request.urlopen(os.environ['KREA_BASE_URL'] + '/openapi.json') as response:\n"
            "    print(b'\"aspectRatio\": {' in response.read())"
        )
        assert run(source, *options, "prog.py") == 0
    assert capfd.readouterr().out == f"{kept}\n"


@pytest.mark.parametrize("code", [0, 3, "words", None])
def test_its_exit_is_its_own(run: Run, code: object) -> None:
    with pytest.raises(SystemExit) as remaining:
        run(f"import sys\nsys.exit({code!r})")
    assert remaining.value.code == code


def test_a_crash_is_shown_as_python_shows_it(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("def inner():\n    raise KeyError('why')\n\ninner()\n") == 1
    messages = capsys.readouterr().err
    assert messages.startswith(
        f'Traceback (most recent call last):\n  File "{tmp_path / "prog.py"}", line 4, in <module>\n'
    )
    assert messages.endswith("KeyError: 'why'\n")
    assert "krea_client" not in messages


def test_text_that_is_no_python_is_shown_too(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("def\n") == 1
    messages = capsys.readouterr().err
    assert f'File "{tmp_path / "prog.py"}", line 1' in messages
    assert "SyntaxError" in messages
    assert "krea_client" not in messages


def test_another_encoding_is_read_as_python_reads_it(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "latin.py").write_bytes("# -*- coding: latin-1 -*-\nprint('\u00e4')\n".encode("latin-1"))
    assert run("", "latin.py") == 0
    assert capsys.readouterr().out == "\u00e4\n"


def test_what_is_not_there_is_said_in_a_line(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("", "nobody.py") == 2
    assert capsys.readouterr().err == "krea-client: cannot read nobody.py: No such file or directory\n"


def test_a_policy_that_makes_no_sense_is_said_before_anything_runs(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KREA_CLIENT_ALIASES", "sometimes")
    assert run("print('ran')") == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert "KREA_CLIENT_ALIASES='sometimes' is not a policy for deprecated names" in output.err


def test_ctrl_c_belongs_to_the_program(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Interrupted):
        run(
            "import signal\nprint(signal.getsignal(signal.SIGINT) is signal.default_int_handler)\nraise KeyboardInterrupt"
        )
    output = capsys.readouterr()
    assert output.out == "True\n"
    assert output.err.endswith("KeyboardInterrupt\n")


def test_what_outlives_the_main_module_still_has_it(tmp_path: Path) -> None:
    (tmp_path / "prog.py").write_text(
        "import atexit, pickle, signal, threading, time\nclass Own: pass\n"
        "assert signal.getsignal(signal.SIGINT) is signal.default_int_handler\n"
        "def late():\n    time.sleep(0.05)\n    print(pickle.loads(pickle.dumps(Own())).__class__ is Own)\n"
        "threading.Thread(target=late).start()\natexit.register(lambda: print(__name__))\n"
    )
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KREA")}
    process = subprocess.run(
        [sys.executable, "-m", "krea_client.cli", "run", "prog.py"],
        cwd=tmp_path,
        env=clean,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (process.returncode, process.stdout, process.stderr) == (0, "True\n__main__\n", "")


# A program that gets the signal at a known line: one from outside would come at another each time.
HIT = "os.kill(os.getpid(), signal.SIGINT)"
STOPPED = {
    "it ends": f"try:\n    {HIT}\nfinally:\n    print('put away')\n",
    "in a function": f"def work():\n    {HIT}\nwork()\n",
    "a handler of its own": f"signal.signal(signal.SIGINT, lambda *_: sys.exit(5))\n{HIT}\n",
    "caught": f"try:\n    {HIT}\nexcept KeyboardInterrupt:\n    print('went on')\n",
    "asyncio": f"""
async def work():
    asyncio.get_running_loop().call_soon(lambda: {HIT})
    try:
        await asyncio.sleep(60)
    finally:
        print('cancelled')
try:
    asyncio.run(work())
except KeyboardInterrupt:
    sys.exit('stopped')
""",
}


@pytest.mark.skipif(os.name != "posix", reason="signals are sent in another way here")
@pytest.mark.parametrize("source", STOPPED.values(), ids=STOPPED)
def test_ctrl_c_reaches_the_program_as_it_would_bare(source: str, tmp_path: Path) -> None:
    (tmp_path / "prog.py").write_text(
        f"import asyncio, atexit, os, signal, sys\natexit.register(print, 'last')\n{source}"
    )
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KREA")}

    def outcome(*words: str) -> tuple[int, str, str]:
        process = subprocess.run(
            [sys.executable, *words], cwd=tmp_path, env=clean, capture_output=True, text=True, check=False
        )
        return process.returncode, process.stdout, process.stderr

    assert outcome("-m", "krea_client.cli", "run", "prog.py") == outcome("prog.py")
