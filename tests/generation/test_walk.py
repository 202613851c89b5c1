"""docs/maintaining.md, "From a page to a release": its first five lines are run on a copy of the project."""

import json
import re
from pathlib import Path

import pytest

from docsdiff.__main__ import main as docs_diff
from generation.__main__ import main as regenerate

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.search(
    r"^## From a page to a release\n.*?^```sh\n(.*?)^```$",
    (ROOT / "docs/maintaining.md").read_text("utf-8"),
    re.MULTILINE | re.DOTALL,
)
PATH = "/generate/image/z-image/z-image"
FILE = "spec/operations/image/z-image.yaml"
PROGRAMS = {"docs-diff": docs_diff, "regenerate": regenerate}


@pytest.fixture
def copy(project: Path) -> Path:
    (project / "pyproject.toml").write_text('[project]\nversion = "0.3.0"\n')
    (project / "CHANGELOG.md").write_text("# Changelog\n\n## 0.3.0 (2030-12-01)\n")
    return project


@pytest.fixture
def changed(copy: Path) -> str:
    """The page of tomorrow, as Markdown: one bound is another, and a field left."""
    document = json.loads((copy / "generated/openapi.json").read_text("utf-8"))
    fields = document["components"]["schemas"]["ZImageRequest"]["properties"]
    del fields["seed"]
    fields["denoising_strength"]["maximum"] = 2
    operation = document["paths"][PATH]["post"]
    price, rows = operation["x-krea-pricing"], operation["x-krea-deprecated-field-aliases"]
    return "\n".join(
        [
            f"## Pricing\n\nPrice: \\${price['amount']} per {price['per']}\n",
            "| Deprecated | Use instead | Accepted until |\n| --- | --- | --- |",
            *(f"| `{row['from']}` | `{row['to']}` | {row['sunset_date']} |" for row in rows),
            f"\n## OpenAPI\n\n````yaml https://api.example.com/openapi.json post {PATH}",
            json.dumps({**document, "paths": {PATH: document["paths"][PATH]}}, indent=1),
            "````\n",
        ]
    )


def edit(spec: Path) -> None:
    """What the second line said, done by hand."""
    text = spec.read_text("utf-8")
    text = re.sub(r"        seed:\n(?:          .*\n)+", "", text)
    text = text.replace("maximum: 1\n", "maximum: 2\n")
    spec.write_text(re.sub(r'x-krea-captured: ".*"', 'x-krea-captured: "2031-01-01"', text), "utf-8")


def test_the_walk_is_ten_lines_and_does_what_it_says(
    copy: Path, changed: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert BLOCK is not None
    lines = [line.partition("#") for line in BLOCK[1].splitlines()]
    assert [int(comment.split()[0]) for _, _, comment in lines] == list(range(1, 11))
    monkeypatch.chdir(copy)
    codes: list[tuple[str, int, str]] = []
    for command, _, _ in lines:
        program, *arguments = command.split()
        if program == "cp":
            (copy / arguments[-1]).write_text(changed, "utf-8")
        elif program == "$EDITOR" and arguments[0].startswith("spec/"):
            assert arguments == [FILE]
            edit(copy / FILE)
        elif (name := program.removeprefix("scripts/")) in PROGRAMS:
            code = PROGRAMS[name](arguments, copy)
            codes.append((name, code, capsys.readouterr().out))
        else:
            # The rest is the editor, git, and what tests and builds everything.
            assert program in ("git", "$EDITOR") or (ROOT / program).is_file()
            assert program != "$EDITOR" or all((ROOT / file).is_file() for file in arguments)
    assert [(name, code) for name, code, _ in codes] == [("docs-diff", 1), ("docs-diff", 0), ("regenerate", 0)]
    first, second, summary = (out for _, _, out in codes)
    assert re.search(rf"  {FILE}:\d+: denoising_strength: maximum was 1, is 2\n", first)
    assert re.search(rf"  {FILE}:\d+: the field seed is gone\n", first)
    assert second == "page.txt: same (1 operation)\n"
    row = '{ name: seed, last_seen: "2026-10-09", gone_by: "2031-01-01" }'
    assert f"- {row}" in (copy / FILE).read_text("utf-8")
    for line in (
        f"generate_z_image: seed left; its row was added to spec/: {row}",
        "The API:",
        "  generate_z_image: denoising_strength: maximum was 1, is 2",
        "  generate_z_image: field seed is gone",
        "Python callers:",
        "  breaking: ZImageRequest: seed= is gone",
        "Version: 0.4.0 follows 0.3.0: minor, as the API changed a request under its callers",
    ):
        assert line in summary.splitlines()
