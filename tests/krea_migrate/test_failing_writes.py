"""`krea-client migrate --write` as a process that is killed, or that runs out of room: files stay whole, and the next run ends the work.

KREA_KILLS=200 kills it as many times (two times otherwise).
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .looking import URL

KILLS = int(os.environ.get("KREA_KILLS", "2"))
OLD = f'import requests\nrequests.post("{URL}", json={{"prompt": "x", "aspectRatio": "1:1"}})\n'
NEW = OLD.replace("aspectRatio", "aspect_ratio")
LONG = "# a long file\n" * 150  # about 2,100 bytes
PROGRAM = "import sys; from krea_client.cli import main; sys.argv[0] = 'krea-client'; main()"
MIGRATE = ["migrate", "--write", "."]


def started(folder: Path, before: str = "") -> subprocess.Popen[str]:
    command = [sys.executable, "-c", before + PROGRAM, *MIGRATE]
    return subprocess.Popen(command, cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def outcome(folder: Path, before: str = "") -> tuple[int, str, str]:
    process = started(folder, before)
    out, err = process.communicate()
    return process.returncode, out, err


def beside(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.suffix == ".tmp"]


def first_moment(process: subprocess.Popen[str], folder: Path) -> float:
    """Return when the first new file appears beside an old one."""
    while not beside(folder) and process.poll() is None:
        pass
    return time.perf_counter()


def many(folder: Path) -> dict[Path, str]:
    """Return files to change, and among them one that has nothing to change."""
    folder.mkdir()
    files = {folder / f"f{number:02}.py": f"# {number}\n{OLD}" for number in range(40)}
    for path, text in files.items():
        path.write_text(text)
        path.chmod(0o640)
    (folder / "clean.py").write_text(NEW)
    os.utime(folder / "clean.py", (1, 1))
    return files


def check_whole(files: dict[Path, str]) -> int:
    """Return how many files are new; each is the old one or the new one."""
    new = 0
    for path, old in files.items():
        text = path.read_text()
        assert text in (old, old.replace(OLD, NEW)), path
        assert path.stat().st_mode & 0o777 == 0o640
        new += text != old
    return new


@pytest.mark.skipif(os.name != "posix", reason="this system kills in another way")
def test_a_killed_run_leaves_whole_files_and_the_next_one_finishes(tmp_path: Path) -> None:
    many(tmp_path / "timed")
    process = started(tmp_path / "timed")
    start = first_moment(process, tmp_path / "timed")
    while beside(tmp_path / "timed"):
        pass
    takes = time.perf_counter() - start
    process.communicate()
    stages: list[int] = []
    leftovers = 0
    for number in range(KILLS):
        folder = tmp_path / str(number)
        files = many(folder)
        process = started(folder)
        until = first_moment(process, folder) + random.uniform(0, takes)
        while time.perf_counter() < until:
            pass
        process.send_signal(signal.SIGKILL)
        process.communicate()
        stages.append(check_whole(files))
        leftovers += bool(beside(folder))
        code, _, message = outcome(folder)
        assert code == 0, message
        assert check_whole(files) == len(files)
        assert sorted(folder.iterdir()) == sorted([folder / "clean.py", *files])
        assert (folder / "clean.py").stat().st_mtime == 1
        shutil.rmtree(folder)
    summary = (
        f"{KILLS} kills within {takes:.3f} s: new files {sorted(stages)}, {leftovers} runs left something beside\n"
    )
    sys.stdout.write(summary)


def three(folder: Path) -> dict[str, bytes]:
    folder.mkdir(exist_ok=True)
    files = {"a.py": OLD, "long.py": LONG + OLD, "z.py": OLD}
    for name, text in files.items():
        (folder / name).write_text(text)
    return {name: text.encode() for name, text in files.items()}


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_limit_for_the_size_of_files_damages_none(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="this system has no such limit")
    before = three(tmp_path)
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (2000, {resource.RLIM_INFINITY})); "
    message = "krea-client: long.py: was not written: File too large; 0 files were changed\n"
    assert outcome(tmp_path, limit) == (2, "", message)
    assert held(tmp_path) == before


def test_a_failure_between_two_files_names_those_that_were_changed(tmp_path: Path) -> None:
    before = three(tmp_path)
    failing = (
        "import os; put = os.replace; os.replace = lambda new, old: put(new, '' if old.endswith('long.py') else old); "
    )
    message = "krea-client: long.py: was not written: No such file or directory; 1 file was changed\n"
    assert outcome(tmp_path, failing) == (2, "a.py\n", message)
    assert held(tmp_path) == before | {"a.py": NEW.encode()}


# A file system of one's own, 16 KB small, that only this program and its children see.
SMALL_DISK = """
mount -t tmpfs -o size=16k small "$1" && cp "$1".full/* "$1" || exit 77
cd "$1" && head -c 100000 /dev/zero >filling 2>/dev/null
"$2" -c "$3" migrate --write . ; code=$?
rm filling
for file in *; do cmp "$file" "$1.full/$file" || exit 78; done
[ "$(ls -A)" = "$(ls -A "$1".full)" ] || exit 79
exit $code
"""


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs Linux's unshare")
def test_a_full_disk_damages_nothing(tmp_path: Path) -> None:
    three(tmp_path / "disk.full")
    (tmp_path / "disk").mkdir()
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", SMALL_DISK, "sh"]
    completed = subprocess.run(
        [*command, tmp_path / "disk", sys.executable, PROGRAM], capture_output=True, text=True, check=False
    )
    if completed.returncode == 77 or completed.stderr.startswith("unshare:"):
        pytest.skip(f"no file system of one's own here: {completed.stderr.strip()}")
    assert (completed.returncode, completed.stdout) == (2, "")
    assert completed.stderr == "krea-client: a.py: was not written: No space left on device; 0 files were changed\n"
