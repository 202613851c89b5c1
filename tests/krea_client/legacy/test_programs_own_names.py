"""A program's own modules and folders may have the names of ours: everything works, and the program gets its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from krea_client.sandbox import KreaSandbox

POST = """\
import json, urllib.error, urllib.request
from {own} import NAME

body = json.dumps({{"prompt": "a fox", "aspectRatio": "1:1", "resolution": "1K"}}).encode()
headers = {{"Authorization": "Bearer t0ken", "Content-Type": "application/json"}}
request = urllib.request.Request("{url}/generate/image/z-image/z-image", body, headers)
try:
    print(NAME, urllib.request.urlopen(request).status)
except urllib.error.HTTPError as refused:
    print(NAME, refused.code)
"""
INSTALL = "from krea_client import legacy\n\nlegacy.install()\n\n"
CLIENT = """\
import sys
{before}
from {own} import NAME
from krea_client import AsyncKrea, Krea

with Krea("t0ken", "{url}") as krea:
    print(NAME, krea.submit("z-image/z-image", prompt="a fox", aspectRatio="1:1", resolution="1K").status)
    print(krea.price("z-image/z-image", prompt="a fox", aspect_ratio="1:1", resolution="1K").amount is not None)
"""
# Files beside the program: name, and the module that the program imports NAME from.
LAYOUTS = {
    "krea_api.py": "krea_api",
    "krea_api/__init__.py": "krea_api",
    "spec/__init__.py": "spec",
    "spec/operations/index.py": "spec.operations.index",
    "generated/__init__.py": "generated",
    "generated/krea_api/__init__.py": "generated.krea_api",
    "generated/krea_api/operations/__init__.py": "generated.krea_api.operations",
}


@pytest.fixture(scope="module")
def box() -> Iterator[KreaSandbox]:
    with KreaSandbox(date="2026-11-20", concurrent=1000) as sandbox:
        yield sandbox


def written(folder: Path, layout: str, source: str) -> Path:
    """Return the program, with the file of a layout beside it."""
    own = folder / layout
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text('NAME = "own"\n', "utf-8")
    program = folder / "main.py"
    program.write_text(source, "utf-8")
    return program


def output_of(*words: str, folder: Path, **environment: str) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KREA_", "PYTHON"))}
    result = subprocess.run(
        [sys.executable, "-W", "ignore", *words],
        cwd=folder,
        env=kept | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


@pytest.mark.parametrize("layout", LAYOUTS)
def test_install_translates(layout: str, box: KreaSandbox, tmp_path: Path) -> None:
    program = written(tmp_path, layout, INSTALL + POST.format(own=LAYOUTS[layout], url=box.url))
    assert output_of(str(program), folder=tmp_path, KREA_BASE_URL=box.url) == "own 200\n"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_run_translates(layout: str, box: KreaSandbox, tmp_path: Path) -> None:
    written(tmp_path, layout, POST.format(own=LAYOUTS[layout], url=box.url))
    words = ("-m", "krea_client.cli", "run", "main.py")
    assert output_of(*words, folder=tmp_path, KREA_BASE_URL=box.url) == "own 200\n"


@pytest.mark.parametrize("before", ["", "sys.path.insert(0, 'generated'); sys.path.insert(0, 'spec')"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_clients_work(layout: str, before: str, box: KreaSandbox, tmp_path: Path) -> None:
    program = written(tmp_path, layout, CLIENT.format(own=LAYOUTS[layout], url=box.url, before=before))
    assert output_of(str(program), folder=tmp_path) == "own queued\nTrue\n"


@pytest.mark.parametrize("layout", ["krea_client.py", "krea_client/__init__.py"])
def test_run_translates_for_a_program_with_a_module_called_krea_client(layout: str, tmp_path: Path) -> None:
    written(tmp_path, layout, POST.format(own="krea_client", url="https://api.krea.ai"))
    command = Path(sys.executable).with_name("krea-client")
    words = (str(command), "run", "--sandbox", "--date", "2026-11-20", "main.py")
    assert output_of(*words, folder=tmp_path) == "own 200\n"


@pytest.mark.parametrize("source", [INSTALL + POST, CLIENT], ids=["install", "client"])
def test_a_krea_client_in_the_working_folder_hides_nothing(source: str, box: KreaSandbox, tmp_path: Path) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "krea_client.py").write_text("raise ImportError('the wrong one')", "utf-8")
    program = written(tmp_path / "app", "krea_api.py", source.format(own="krea_api", url=box.url, before=""))
    assert output_of(str(program), folder=tmp_path, KREA_BASE_URL=box.url).startswith("own ")
