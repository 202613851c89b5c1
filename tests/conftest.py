"""For all tests: examples of each property (HYPOTHESIS_PROFILE: fast, suite, thorough or deep), and the project's files."""

import gc
import math
import os
import shutil
import signal
import subprocess
from collections.abc import Generator, Sized
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[1]

# A document of the API that the developer has stored, or keeps up to date, is none of the tests' business.
os.environ["KREA_CLIENT_DOCUMENT"] = "off"
# Nor are the developer's profiles.
os.environ["XDG_CONFIG_HOME"] = str(ROOT / "tests" / "absent")
os.environ.pop("KREA_PROFILE", None)

COMMON = {"deadline": None, "print_blob": True, "suppress_health_check": [HealthCheck.too_slow]}

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # a shell starts its background jobs like this,
    signal.signal(signal.SIGINT, signal.default_int_handler)  # and tests of Ctrl-C would wait for ever

if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:  # so do nohup and the like
    signal.signal(signal.SIGHUP, signal.SIG_DFL)

settings.register_profile("fast", max_examples=15, **COMMON)
settings.register_profile("suite", max_examples=40, **COMMON)
settings.register_profile("thorough", max_examples=100, **COMMON)  # in .ci/run
settings.register_profile("deep", max_examples=10_000, **COMMON)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-pages", action="store_true", help="write the output of the examples into the pages")


LARGE = 100  # a matrix of so many tests says in their names how many they are


@pytest.hookimpl(wrapper=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> Generator[None, None, None]:
    """Add "of N" to the names of the tests of a large matrix. Only the marks on the function count, not parameters of fixtures."""
    yield
    marks = metafunc.definition.iter_markers("parametrize")
    count = math.prod(len(mark.args[1]) for mark in marks if isinstance(mark.args[1], Sized))
    if count >= LARGE:
        metafunc.fixturenames.append("matrix_size")
        metafunc.parametrize("matrix_size", [count], ids=[f"of {count}"])


YOUNG_OBJECTS = 20_000  # not 700: collecting so often took 4 % of the suite's time

gc.disable()  # until all tests are collected: what collecting makes stays, and would be gone through again and again


def take_out_of_garbage_collection() -> None:
    """Let later collections leave out what lives now: modules, tests and caches, which each would go through again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    take_out_of_garbage_collection()


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop() -> None:
    gc.set_threshold(YOUNG_OBJECTS, *gc.get_threshold()[1:])
    gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    if nextitem is not None and nextitem.path != item.path:
        take_out_of_garbage_collection()


@pytest.fixture(autouse=True)
def vcr() -> None:
    """Take the place of pytest-recording's fixture, which costs every test 0.1 ms; tests/cassettes has the real one."""


@pytest.fixture(autouse=True)
def block_network() -> None:
    """Take the place of pytest-recording's other fixture of every test."""


@pytest.fixture(scope="session")
def committed() -> list[Path]:
    """Return tracked files, and new ones that git would not ignore."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        names = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout: only git knows which files belong to it")
    return [ROOT / name for name in names.split("\0") if name and (ROOT / name).is_file()]


@pytest.fixture(scope="session")
def tree(committed: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the project without untracked files. Tests must not change the copy."""
    copy = tmp_path_factory.mktemp("tree") / "krea-client"
    for path in committed:
        target = copy / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        target.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
    return copy
