"""docs/maintaining.md, "From a page to a release": the ten lines of the page, run by a shell in a changed copy of the project."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest

from krea_client import __version__

ROOT = Path(__file__).resolve().parents[3]
BLOCK = re.search(
    r"^## From a page to a release\n.*?^```sh\n(.*?)^```$",
    (ROOT / "docs/maintaining.md").read_text("utf-8"),
    re.MULTILINE | re.DOTALL,
)
PATH = "/generate/image/bytedance/seededit"
FILE = "spec/operations/image/seededit.yaml"
ROW = '{ name: seed, last_seen: "2026-10-09", gone_by: "2031-01-01" }'

# What a maintainer does in the editor. Python, called as an editor is: with the files.
EDITOR = r"""
import re, sys
from pathlib import Path
for name in sys.argv[1:]:
    file = Path(name)
    text = file.read_text("utf-8")
    if name.endswith("seededit.yaml"):
        text = re.sub(r"        seed: .*\n", "", text).replace("maxLength: 1024", "maxLength: 2048")
        text = re.sub(r'x-krea-captured: ".*"', 'x-krea-captured: "2031-01-01"', text)
    elif name == "CHANGELOG.md":
        text = re.sub("(?m)^## ", "## 9.9.9 (2031-01-02)\n\n### Removed\n\n- `seed` of SeedEdit.\n\n## ", text, count=1)
    else:
        text = re.sub(r'(?m)^__version__ = ".*"', '__version__ = "9.9.9"', text)
    file.write_text(text, "utf-8")
"""


class CommandResult(NamedTuple):
    """The end of one line of the walk."""

    code: int
    out: str


@pytest.fixture
def copy(tree: Path, tmp_path: Path) -> Path:
    """Return the project as a git tree whose version is out."""
    copy = tmp_path / "krea-client"
    shutil.copytree(tree, copy)
    changelog = copy / "CHANGELOG.md"
    changelog.write_text(changelog.read_text("utf-8").replace("(unreleased)", "(2030-12-01)"), "utf-8")
    for command in ("git init --quiet", "git add --all", "git commit --quiet --message before"):
        subprocess.run(command.split(), cwd=copy, env=surroundings(tmp_path), check=True, capture_output=True)
    return copy


def surroundings(home: Path) -> dict[str, str]:
    """Return a shell's variables: an own home, the Python that runs this test, an editor that knows what to do."""
    (home / "editor.py").write_text(EDITOR, "utf-8")
    python = shlex.quote(sys.executable)
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "KREA_CLIENT_READY": sys.executable,
        "EDITOR": f"{python} {home}/editor.py",
        "GIT_EDITOR": f"{python} -c \"import sys; open(sys.argv[1], 'w').write('SeedEdit takes no seed any more')\"",
        "GIT_CONFIG_GLOBAL": os.devnull,
        **{
            f"GIT_{role}_{variable}": "m@example.com"
            for role in ("AUTHOR", "COMMITTER")
            for variable in ("NAME", "EMAIL")
        },
    }


def page_of_tomorrow(copy: Path) -> str:
    """Return the reference page as Markdown: one bound is another, and a field left."""
    document = json.loads((copy / "generated/openapi.json").read_text("utf-8"))
    fields = document["components"]["schemas"]["SeededitRequest"]["properties"]
    del fields["seed"]
    fields["image_url"]["maxLength"] = 2048
    operation = document["paths"][PATH]
    return "\n".join(
        [
            "| Deprecated | Use instead | Accepted until |\n| --- | --- | --- |",
            *(
                f"| `{row['from']}` | `{row['to']}` | {row['sunset_date']} |"
                for row in operation["post"]["x-krea-deprecated-field-aliases"]
            ),
            f"\n## OpenAPI\n\n````yaml https://api.example.com/openapi.json post {PATH}",
            json.dumps({**document, "paths": {PATH: operation}}, indent=1),
            "````\n",
        ]
    )


def run_steps(lines: list[str], copy: Path, home: Path) -> list[CommandResult]:
    """Return the lines in one shell, one after the other whatever they say, as somebody types them."""
    script = "\n".join(f'{line}\nprintf "\\n@@@ %s\\n" $?' for line in lines)
    completed = subprocess.run(
        ["bash", "-c", script],
        cwd=copy,
        env=surroundings(home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    parts = re.split(r"\n@@@ (\d+)\n", completed.stdout)
    return [CommandResult(int(code), out) for out, code in zip(parts[::2], parts[1::2], strict=False)]


def test_the_walk_is_ten_lines_and_does_what_it_says(copy: Path, tmp_path: Path) -> None:
    assert BLOCK is not None
    lines = BLOCK[1].splitlines()
    assert [int(line.partition("#")[2].split()[0]) for line in lines] == list(range(1, 11))
    assert re.match(r"scripts/test +#", lines[7])
    lines[7] = "scripts/test tests/spec --quiet --numprocesses 0 -p no:cacheprovider"  # all tests would hold this one
    saved = tmp_path / lines[0].split("#")[0].strip().removeprefix("page=~/")
    saved.parent.mkdir(parents=True, exist_ok=True)
    saved.write_text(page_of_tomorrow(copy), "utf-8")

    results = run_steps(lines, copy, tmp_path)

    assert [result.code for result in results] == [0, 1, 0, 0, 0, 0, 0, 0, 0, 0], results
    _, before, _, after, regenerated, difference, _, tested, committed, archive_output = (
        result.out for result in results
    )
    assert re.search(rf"  {FILE}:\d+: image_url: maxLength was 1024, is 2048\n", before)
    assert re.search(rf"  {FILE}:\d+: the field seed is gone\n", before)
    assert after.strip() == f"{saved}: same (1 operation)"
    for line in (
        f"generate_seededit: seed left; its row was added to spec/: {ROW}",
        "The API:",
        "  generate_seededit: image_url: maxLength was 1024, is 2048",
        "  generate_seededit: field seed is gone",
        "Python callers:",
        "  breaking: SeededitRequest: seed= is gone",
    ):
        assert line in regenerated.splitlines()
    assert re.search(rf"(?m)^Version: \S+ follows {re.escape(__version__)}: minor, as the API changed", regenerated)
    assert f"+        - {ROW}" in difference
    assert re.search(r'(?m)^\+ +"maxLength": 2048', difference)
    assert re.search(r"\d+ passed", tested)
    assert "SeedEdit takes no seed any more" in committed
    completed = subprocess.run(
        ["git", "status", "--short"], cwd=copy, capture_output=True, text=True, check=True
    ).stdout
    assert completed == ""
    with zipfile.ZipFile(copy / "dist" / "krea_client-9.9.9-py3-none-any.whl") as wheel:
        document = json.loads(wheel.read("krea_api/openapi.json"))
    assert document["components"]["schemas"]["SeededitRequest"]["properties"].keys() == {"prompt", "image_url"}
    assert "krea_client-9.9.9.tar.gz" in archive_output
