"""A file is whole at any moment."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from krea_migrate.writing import NotWritten, write


def test_a_full_disk_changes_nothing_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first_path, two = tmp_path / "one.py", tmp_path / "two.py"
    first_path.write_bytes(b"1")
    two.write_bytes(b"2")
    synced: list[int] = []

    def full(descriptor: int) -> None:
        synced.append(descriptor)
        if len(synced) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NotWritten, match=r"two\.py: was not written: No space left on device") as excinfo:
        write({str(first_path): b"new", str(two): b"new"})
    assert excinfo.value.changed == []
    assert (first_path.read_bytes(), two.read_bytes()) == (b"1", b"2")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.py", "two.py"]


def test_what_was_replaced_before_a_failure_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [str(tmp_path / name) for name in ("one.py", "two.py")]
    for path in paths:
        Path(path).write_bytes(b"old")
    replace = os.replace

    def once(source: str, target: str) -> None:
        if target.endswith("two.py"):
            raise OSError(errno.EIO, "Input/output error")
        replace(source, target)

    monkeypatch.setattr(os, "replace", once)
    with pytest.raises(NotWritten) as excinfo:
        write(dict.fromkeys(paths, b"new"))
    assert excinfo.value.changed == paths[:1]
    assert [Path(path).read_bytes() for path in paths] == [b"new", b"old"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.py", "two.py"]


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.suffix == ".tmp")


# Every call through which the disk is changed or synced is counted; a child is killed by SIGKILL before the number-th of them.
KILLED = """
import os, signal, sys
from krea_migrate import writing

PATHS = sys.argv[1:]
OLD, NEW = b"old" * 5000, b"new" * 5000

def counted(call, at):
    def counting(*args, **keywords):
        seen[0] += 1
        if seen[0] == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*args, **keywords)
    return counting

moment = 0
while True:
    moment += 1
    for path in PATHS:
        with open(path, "wb") as file:
            file.write(OLD)
    child = os.fork()
    if child == 0:
        seen = [0]
        for name in ("open", "fdopen", "stat", "chmod", "fsync", "replace", "unlink"):
            setattr(os, name, counted(getattr(os, name), moment))
        writing.write(dict.fromkeys(PATHS, NEW))
        os._exit(0)
    _, status = os.waitpid(child, 0)
    found = [open(path, "rb").read() for path in PATHS]
    assert all(data in (OLD, NEW) for data in found), moment
    before = sorted(name for name in os.listdir(os.path.dirname(PATHS[0])) if name.endswith(".tmp"))
    writing.write({path: NEW for path, data in zip(PATHS, found) if data == OLD})
    after = sorted(name for name in os.listdir(os.path.dirname(PATHS[0])) if name.endswith(".tmp"))
    assert all(open(path, "rb").read() == NEW for path in PATHS), moment
    if os.WIFEXITED(status):
        break
    print(moment, found.count(NEW), len(before), len(after))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system kills in another way")
def test_killed_at_any_moment_each_file_is_whole_and_the_next_run_tidies_up(tmp_path: Path) -> None:
    paths = [str(tmp_path / name) for name in ("one.py", "two.py", "three.py")]
    completed = subprocess.run([sys.executable, "-c", KILLED, *paths], capture_output=True, text=True, check=False)
    assert completed.returncode == 0, completed.stderr
    moments = [tuple(map(int, line.split())) for line in completed.stdout.splitlines()]
    assert {new for _, new, _, _ in moments} == {0, 1, 2, 3}
    assert max(before for _, _, before, _ in moments) == 3
    assert {after for _, _, _, after in moments} == {0}


def test_only_what_nobody_will_put_in_its_place_is_tidied_away(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_bytes(b"old")
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    kept_names = [f".krea-{os.getppid()}-a1_b2c3d.tmp", ".krea-notes.tmp", ".krea-0-a1.tmp", "krea-1-a1.tmp"]
    for name in (*kept_names, f".krea-{ended.pid}-a1_b2c3d.tmp"):
        (tmp_path / name).touch()
    write({str(tmp_path / "one.py"): b"new"})
    assert left(tmp_path) == sorted(kept_names)


def test_mode_and_owner_are_those_of_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "one.py"
    path.write_bytes(b"old")
    path.chmod(0o2751)
    if os.geteuid() == 0:
        os.chown(path, 1234, 4321)
        path.chmod(0o2751)
    before = path.stat()
    write({str(path): b"new"})
    after = path.stat()
    assert stat.S_IMODE(after.st_mode) == 0o2751
    assert (after.st_uid, after.st_gid) == (before.st_uid, before.st_gid)
    assert after.st_ino != before.st_ino
