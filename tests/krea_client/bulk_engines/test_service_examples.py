"""docs/examples/services: each runs as its first lines say, against a sandbox over HTTP, and orders each poster once."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from krea_client.sandbox import Sandbox, running

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "docs" / "examples" / "services"
TITLES = ["Sunrise", "Noon", "Dusk"]
PATIENCE = 60.0


@pytest.fixture
def sandbox() -> Sandbox:
    return Sandbox(time_scale=1000)


@pytest.fixture
def environment(sandbox: Sandbox, tmp_path: Path) -> Iterator[dict[str, str]]:
    with running(sandbox) as url:
        yield {
            "PATH": os.environ["PATH"],
            "HOME": str(tmp_path),
            "PYTHONPATH": os.pathsep.join(map(str, (FOLDER, ROOT / "shim", ROOT / "generated"))),
            "KREA_BASE_URL": url,
            "KREA_API_TOKEN": "sandbox",
            "POSTERS": str(tmp_path / "posters"),
        }


def posters(folder: Path) -> list[Path]:
    return sorted((folder / "posters").glob("*.png"))


def prompts(sandbox: Sandbox) -> list[str]:
    return sorted(str(row.fields["prompt"]) for row in sandbox.ledger)


def test_the_asyncio_service_makes_a_poster_of_each_line(
    sandbox: Sandbox, environment: dict[str, str], tmp_path: Path
) -> None:
    ran = subprocess.run(
        [sys.executable, FOLDER / "asyncio_service.py"],
        input="\n".join([*TITLES, ""]),
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env=environment,
        timeout=PATIENCE,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert sorted(line.split("\t")[0] for line in ran.stdout.splitlines()) == sorted(TITLES)
    assert prompts(sandbox) == sorted(f"a poster: {title}" for title in TITLES)
    assert len(posters(tmp_path)) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGTERM handler on this system")
def test_the_asyncio_service_finishes_its_jobs_before_it_ends(
    sandbox: Sandbox, environment: dict[str, str], tmp_path: Path
) -> None:
    command = [sys.executable, str(FOLDER / "asyncio_service.py")]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        process.stdin.write("Sunrise\n")
        process.stdin.flush()
        until = time.monotonic() + PATIENCE
        while not sandbox.ledger and time.monotonic() < until:
            threading.Event().wait(0.05)
        process.send_signal(signal.SIGTERM)
        process.stdin.close()
        process.stdin = None
        output, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert output.startswith("Sunrise\t")
    assert len(posters(tmp_path)) == len(sandbox.ledger) == 1


ORDERS = f"""
from celery_app import order
for title in {TITLES!r}:
    order.delay(title)
"""


def test_celery_submits_each_order_once_and_saves_it(
    sandbox: Sandbox, environment: dict[str, str], tmp_path: Path
) -> None:
    pytest.importorskip("celery", reason="needs Celery: scripts/services test tests/krea_client/bulk_engines")
    box = tmp_path / "queue"
    box.mkdir()
    (tmp_path / "celeryconfig.py").write_text(
        f"broker_transport_options = dict(data_folder_in={str(box)!r}, data_folder_out={str(box)!r}, "
        f"control_folder={str(box)!r})\n",
        "utf-8",
    )
    environment |= {"BROKER": "filesystem://", "PYTHONPATH": f"{tmp_path}{os.pathsep}{environment['PYTHONPATH']}"}
    with_settings = "from celery_app import app\napp.config_from_object('celeryconfig')\n"
    (tmp_path / "configured.py").write_text(with_settings, "utf-8")
    subprocess.run(
        [sys.executable, "-c", with_settings + ORDERS], cwd=tmp_path, env=environment, check=True, timeout=PATIENCE
    )
    command = [sys.executable, "-m", "celery", "-A", "configured", "worker", "-c", "2", "-l", "WARNING"]
    worker = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL)
    try:
        until = time.monotonic() + PATIENCE
        while len(posters(tmp_path)) < len(TITLES) and time.monotonic() < until:
            assert worker.poll() is None
            threading.Event().wait(0.05)
    finally:
        worker.terminate()
        worker.wait(PATIENCE)
    assert prompts(sandbox) == sorted(f"a poster: {title}" for title in TITLES)
    assert [path.stem for path in posters(tmp_path)] == sorted(row.job_id for row in sandbox.ledger)
