"""Completion in the shells themselves: keys are typed at a terminal, and the line that comes of it is read back."""

import os
import pty
import re
import select
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from krea_client.cli import commands, shell_completion

from ... import facts

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 30.0
MODEL = "z-image/z-image"
RATIOS = facts.DOCUMENT["components"]["schemas"][facts.fields(MODEL)["aspect_ratio"]["$ref"].rpartition("/")[2]]["enum"]
UNIQUE = next(ratio for ratio in RATIOS if sum(candidate.startswith(ratio[:2]) for candidate in RATIOS) == 1)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="these shells are those of POSIX")

# (what is typed before the tab key, the line after it)
LINES = [
    ("krea-client gener", "krea-client generate"),
    ("krea-client jobs orph", "krea-client jobs orphans"),
    ("krea-client generate z-im", f"krea-client generate {MODEL}"),
    (f"krea-client generate {MODEL} -i aspe", f"krea-client generate {MODEL} -i aspect_ratio="),
    (
        f"krea-client generate {MODEL} -i aspect_ratio={UNIQUE[:2]}",
        f"krea-client generate {MODEL} -i aspect_ratio={UNIQUE}",
    ),
    (f"krea-client generate {MODEL} --aspect-r", f"krea-client generate {MODEL} --aspect-ratio="),
    (
        f"krea-client generate {MODEL} --aspect-ratio={UNIQUE[:2]}",
        f"krea-client generate {MODEL} --aspect-ratio={UNIQUE}",
    ),
    ("krea-client models list --kind im", "krea-client models list --kind image"),
    (
        f"krea-client price {MODEL} -i skip_prompt_expansion=f",
        f"krea-client price {MODEL} -i skip_prompt_expansion=false",
    ),
    (f"krea-client generate {MODEL} -i image_url=pictu", f"krea-client generate {MODEL} -i image_url=picture.png"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with `krea-client` in bin/, a picture, and no settings of the developer."""
    program = tmp_path / "bin" / "krea-client"
    program.parent.mkdir()
    path = f"{ROOT / 'shim'}{os.pathsep}{ROOT / 'generated'}"
    python = shlex.quote(sys.executable)
    program.write_text(f'#!/bin/sh\nPYTHONPATH={shlex.quote(path)} exec {python} -m krea_client.cli "$@"\n')
    program.chmod(0o755)
    (tmp_path / "picture.png").touch()
    return tmp_path


class Terminal:
    """A shell at a terminal of its own, with a prompt that can be waited for."""

    PROMPT = "ready>"

    def __init__(self, command: list[str], folder: Path) -> None:
        environment = {
            "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(folder),
            "ZDOTDIR": str(folder),
            "TERM": "dumb",
            "PS1": self.PROMPT,
            "LANG": "C.UTF-8",
            "INPUTRC": "/dev/null",
        }
        self._pid, self._screen = pty.fork()
        if self._pid == 0:
            os.chdir(folder)
            os.execvpe(command[0], command, environment)

    def close(self) -> None:
        os.kill(self._pid, 9)
        os.waitpid(self._pid, 0)
        os.close(self._screen)

    def type(self, text: str) -> None:
        os.write(self._screen, text.encode())

    def read_until(self, pattern: str) -> re.Match[str]:
        output = ""
        limit = time.monotonic() + PATIENCE
        while time.monotonic() < limit:
            if select.select([self._screen], [], [], 0.1)[0]:
                output += os.read(self._screen, 4096).decode(errors="replace")
            if match := re.search(pattern, output, re.DOTALL):
                return match
        raise AssertionError(f"{pattern!r} was not shown in {output!r}")

    def completed(self, line: str) -> str:
        """Type a line and the tab key; return the line that the shell then has, without the blank behind a whole word."""
        # The line becomes the argument of echo: to its beginning (Ctrl-A), a word before it, to its end (Ctrl-E), the return key.
        self.type(f"{line}\t")
        time.sleep(0.1)
        self.type("\x01echo '<<'\x05 '>>'\n")
        return self.read_until(r"\n<< ?(.*?) ?>>")[1].strip()


@pytest.fixture
def bash(folder: Path) -> Iterator[Terminal]:
    if shutil.which("bash") is None:
        pytest.skip("needs bash")
    yield from _running(["bash", "--norc", "--noprofile", "-i"], folder, 'eval "$(krea-client completion bash)"')


@pytest.fixture
def zsh(folder: Path) -> Iterator[Terminal]:
    if shutil.which("zsh") is None:
        pytest.skip("needs zsh, of Debian's package zsh")
    (folder / ".zshrc").write_text(
        f"PS1='{Terminal.PROMPT}'; unsetopt zle_bracketed_paste 2>/dev/null; autoload -U compinit; compinit -u\n"
    )
    yield from _running(["zsh", "-i"], folder, 'eval "$(krea-client completion zsh)"')


def _running(command: list[str], folder: Path, first: str) -> Iterator[Terminal]:
    terminal = Terminal(command, folder)
    try:
        terminal.read_until(Terminal.PROMPT)
        terminal.type(f"{first}; echo se''t up\n")
        terminal.read_until("\nset up.*" + Terminal.PROMPT)
        yield terminal
    finally:
        terminal.close()


def test_bash_completes_models_fields_and_values(bash: Terminal) -> None:
    assert [bash.completed(line) for line, _ in LINES] == [after for _, after in LINES]


def test_zsh_completes_models_fields_and_values(zsh: Terminal) -> None:
    assert [zsh.completed(line) for line, _ in LINES] == [after for _, after in LINES]


@pytest.mark.skipif(shutil.which("fish") is None, reason="needs fish, of Debian's package fish")
def test_fish_completes_models_fields_and_values(folder: Path) -> None:
    script = folder / "krea-client.fish"
    script.write_text(shell_completion.script("fish"))
    questions = "\n".join(f"complete -C {shlex.quote(line)} | head -n 1" for line, _ in LINES)
    completed = subprocess.run(
        ["fish", "--no-config", "-c", f"source {script}\n{questions}"],
        env={"PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}", "HOME": str(folder), "LANG": "C.UTF-8"},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    # fish answers with the last word of the line, and a description behind a tab.
    words = [line.partition("\t")[0] for line in completed.stdout.splitlines()]
    assert words == [after.rpartition(" ")[2] for _, after in LINES]


@pytest.mark.parametrize("shell", shell_completion.SHELLS)
def test_the_script_is_printed(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.run(["completion", shell]) == 0
    assert capsys.readouterr().out == shell_completion.script(shell)


def test_every_value_is_offered(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    line = f"krea-client generate {MODEL} -i aspect_ratio="
    monkeypatch.setenv("COMP_LINE", line)
    monkeypatch.setenv("COMP_POINT", str(len(line)))
    monkeypatch.setenv("COMP_WORDBREAKS", " =:")
    monkeypatch.setenv(shell_completion.VARIABLE, "bash_complete")
    assert commands.run([]) == 0
    assert capsys.readouterr().out.split() == RATIOS
