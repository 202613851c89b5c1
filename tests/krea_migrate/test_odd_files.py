"""Files that tools stumble over: every one is read or reported, and all bytes but the names stay."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest

from krea_migrate import command_line, engine

from .looking import URL, report

CALL = f'requests.post("{URL}", json={{"prompt": "x", "aspectRatio": "1:1"}})'
ODD = {
    "crlf.py": f"import requests\r\n# é\r\n{CALL}\r\n".encode(),
    "mixed_line_ends.py": f"import requests\r\nx = 1\n{CALL}\r\n\n".encode(),
    "bare_returns.py": f"import requests\r{CALL}\r".encode(),
    "byte_order_mark.py": b"\xef\xbb\xbf" + f"import requests\n{CALL}\n".encode(),
    "latin_1.py": f"# -*- coding: latin-1 -*-\nimport requests\nx = 'é'\n{CALL}  # é\n".encode("latin-1"),
    "bad_utf_8.py": b"import requests\nx = '\xff'\n" + CALL.encode() + b"\n",
    "no_final_line_end.py": f"import requests\n{CALL}".encode(),
    "form_feed.py": f"import requests\n\x0c\n{CALL}\n".encode(),
    "tabs.py": f"import requests\nif 1:\n\t{CALL}\n".encode(),
    "nul.py": f"import requests\nx = '\0'\n{CALL}\n".encode(),
    "bare_except_list.py": f"import requests\ntry:\n    {CALL}\nexcept ValueError, TypeError:\n    pass\n".encode(),
    "python_2.py": f"import requests\nprint 'x', 1\ntry:\n    {CALL}\nexcept Exception, e:\n    print e\n".encode(),
    "type_parameters.py": f"import requests\ntype X = int\ndef f[T](a: T):\n    match a:\n        case 1:\n            {CALL}\n".encode(),
    "template_string.py": f"import requests\nx = t'a{{1}}'\n{CALL}\n".encode(),
    "never_python.py": f"import requests\ndef f(:\n  {CALL}\n )))\n".encode(),
    "executable.py": f"#!/usr/bin/env python\nimport requests\n{CALL}\n".encode(),
    "target.py": f"import requests\n{CALL}\n".encode(),
    "read_only.py": f"import requests\n{CALL}\n".encode(),
}


@pytest.fixture
def odd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, data in ODD.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "executable.py").chmod(0o755)
    (tmp_path / "read_only.py").chmod(0o444)
    (tmp_path / "link.py").symlink_to("target.py")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*, write: bool, likely: bool = False) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    code = command_line.migrate(command_line.Options((".",), write=write, likely=likely), out, err)
    return code, out.getvalue(), err.getvalue()


def test_all_bytes_but_the_names_stay(odd: Path) -> None:
    code, changed, output = run(write=True, likely=True)
    assert code == 2
    assert "read_only.py: problem: is read-only, so it was not changed" in output
    assert set(changed.split()) == {*ODD, "link.py"} - {"read_only.py"}
    for name, data in ODD.items():
        expected = data if name == "read_only.py" else data.replace(b"aspectRatio", b"aspect_ratio")
        assert (odd / name).read_bytes() == expected, name
    assert (odd / "link.py").is_symlink()
    assert stat.S_IMODE((odd / "executable.py").stat().st_mode) == 0o755
    assert sorted(path.name for path in odd.iterdir()) == sorted([*ODD, "link.py"])


def test_a_second_run_changes_nothing(odd: Path) -> None:
    (odd / "read_only.py").unlink()
    run(write=True, likely=True)
    before = {path: path.stat().st_mtime_ns for path in odd.iterdir()}
    assert run(write=True, likely=True)[:2] == (0, "")
    assert {path: path.stat().st_mtime_ns for path in odd.iterdir()} == before


def test_what_this_python_does_not_parse_is_said_and_never_certain(odd: Path) -> None:
    _, _, output = run(write=False)
    noted = {line.split(":")[0] for line in output.splitlines() if ": note: " in line}
    always = {"nul.py", "bad_utf_8.py", "python_2.py", "never_python.py"}
    newer = {"type_parameters.py"} if sys.version_info < (3, 12) else set()
    newer |= {"template_string.py", "bare_except_list.py"} if sys.version_info < (3, 14) else set()
    assert noted == always | newer
    run(write=True)
    for name in noted:
        assert (odd / name).read_bytes() == ODD[name]


def command(*words: str) -> subprocess.CompletedProcess[bytes]:
    strict = {**os.environ, "PYTHONIOENCODING": "utf-8:strict"}  # as with most people's locale
    return subprocess.run(
        [sys.executable, "-m", "krea_client.cli", *words], env=strict, capture_output=True, check=False
    )


@pytest.mark.skipif(shutil.which("patch") is None, reason="needs the command patch")
def test_the_difference_undoes_all_of_it(odd: Path) -> None:
    (odd / "read_only.py").unlink()
    (odd / "two words.py").write_bytes(ODD["target.py"])
    (odd / "mark_before_the_call.py").write_bytes(b"\xef\xbb\xbfimport requests; " + CALL.encode())
    (odd / "separators.py").write_bytes("import requests\nx = '\u2028 \x85 \x1c'\n".encode() + CALL.encode() + b"\n")
    before = {path: path.read_bytes() for path in odd.iterdir()}
    names = command("migrate", "--likely", ".").stdout
    assert command("migrate", "--likely", "--write", ".").returncode == 0
    assert not any(path.read_bytes() == before[path] for path in odd.iterdir())
    undone = subprocess.run(["patch", "-R", "-p1"], input=names, capture_output=True, check=False)
    assert undone.returncode == 0, undone.stdout
    assert {path: path.read_bytes() for path in odd.iterdir()} == before


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
@pytest.mark.parametrize("words", ["check", "check --json", "check --format=github", "migrate", "migrate --write"])
def test_a_name_that_is_no_utf_8_ends_nothing(words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "\udcff.py").write_bytes(ODD["target.py"])
    completed = command(*words.split(), ".")
    assert completed.returncode == (0 if "--write" in words else 1), completed.stderr
    assert b"aspect_ratio" in completed.stdout if "--write" not in words else completed.stdout == b"\\udcff.py\n"


def test_anchors_that_stand_for_millions_of_values_are_said() -> None:
    lines = ["# krea", "a0: &a0 [" + ", ".join(["x"] * 9) + "]"]
    lines += [f"a{n}: &a{n} [" + ", ".join([f"*a{n - 1}"] * 9) + "]" for n in range(1, 9)]
    assert "a.yaml" in report(a__yaml="\n".join(lines)).problems


@pytest.mark.parametrize(
    "unit",
    [
        "def f(a):\n    return a\n\n\n",
        "@mark\n@mark(\n    1,\n)\ndef f(a):\n    return a\n",
        'class A:\n    """Text.\n\ndef not_a_function(:\n    """\n\n    b = (\n        1,\n    )\n',
        "def f(a):\n    # coding: latin-1\n    return 'Bär'\n",
        "if a:\r\n    b = 1\r\nelse:\r\n    b = 2\r\n\r\ndef f():\r\n    pass\r\n",
    ],
)
def test_a_large_program_is_read_as_a_small_one(unit: str) -> None:
    head = 'import sys\nURL = "https://api.krea.ai/generate/image/google/nano-banana-pro"\nif not sys.argv:\n    raise SystemExit\n'
    body = 'import requests\nbody = {"prompt": "Bär", "aspectRatio": "1:1"}\nrequests.post(URL, json=body)\n'
    small, large = (f"{head}{unit * count}{body}" for count in (1, 220_000 // len(unit)))
    start = len(large.encode()) - len(small.encode())
    expected = [
        finding._replace(start=finding.start + start, end=finding.end + start, edits=())
        for finding in report(a__py=small).findings
    ]
    assert [finding.old for finding in expected] == ["aspectRatio"]
    assert [finding._replace(edits=()) for finding in report(a__py=large).findings] == expected
    assert engine.migrated(report(a__py=large))["a.py"].text.decode() == large.replace("aspectRatio", "aspect_ratio")


def test_a_large_program_that_is_none_is_read_by_tokens() -> None:
    program = "def f(a):\n    return a\n\n\n" * 10_000 + "def f(:\n"
    assert "a.py" in report(a__py=f"import requests\n# krea\n{program}").notes
