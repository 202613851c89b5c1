"""Whole runs on copies of the project: what `scripts/regenerate` promises."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from regenerate import pipeline, shadows
from regenerate.__main__ import main
from regenerate.problems import GenerationFailed
from regenerate.publish import differences

ROOT = Path(__file__).resolve().parents[3]
Edit = Callable[[Path, str, str], None]
Z_IMAGE = Path("spec/operations/image/z-image.yaml")
LINES = (ROOT / Z_IMAGE).read_text("utf-8").splitlines()
LINE_OF_RATIOS = next(number for number, line in enumerate(LINES, 1) if 'enum: ["1:1"' in line)


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_is_committed_is_what_the_specification_makes(full_build: Path) -> None:
    assert differences(full_build, ROOT / "generated") == []


def test_a_second_run_says_nothing_and_touches_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    modified = {path: path.stat().st_mtime_ns for path in (project / "generated").rglob("*")}
    assert main([], project) == 0
    assert capsys.readouterr() == ("", "")
    assert modified == {path: path.stat().st_mtime_ns for path in (project / "generated").rglob("*")}


def test_check_names_each_file_that_is_not_as_made_and_writes_nothing(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    generated = project / "generated"
    with (generated / "krea_api" / "errors.py").open("a") as file:
        file.write("# by hand\n")
    (generated / "krea_api" / "models" / "job.py").unlink()
    (generated / "krea_api" / "models" / "left_over.py").write_text("")
    before = snapshot(project)
    assert main(["--check"], project) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        "stale: generated/krea_api/errors.py",
        "missing: generated/krea_api/models/job.py",
        "extra: generated/krea_api/models/left_over.py",
        "generated/ is not what spec/ makes; run scripts/regenerate",
    ]
    assert snapshot(project) == before


def test_check_is_content_when_all_is_as_made(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"], project) == 0
    assert capsys.readouterr() == ("", "")


def test_a_change_is_made_everywhere_and_reported(
    project: Path, edit: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(project / Z_IMAGE, "maxItems: 1", "maxItems: 2")
    assert main([], project) == 0
    assert capsys.readouterr().out.splitlines() == [
        "The API:",
        "  generate_z_image: style_images: maxItems was 1, is 2",
        "Python callers:",
        "  nothing: signatures and types are the same",
        "generated/: 4 changed",
    ]
    generated = project / "generated"
    assert "At most 2 items." in (generated / "krea_api" / "models" / "z_image_request.py").read_text()
    row = json.loads((generated / "krea_api" / "operations" / "generate_z_image.json").read_text())
    assert row["request_schema"]["properties"]["style_images"]["maxItems"] == 2
    assert main(["--check"], project) == 0


def test_a_new_model_is_one_file_and_one_command(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (project / Z_IMAGE).read_text()
    for old, new in (("z-image/z-image", "acme/super"), ("z_image", "super"), ("ZImage", "Super")):
        text = text.replace(old, new)
    (project / "spec" / "operations" / "image" / "super.yaml").write_text(text)
    assert main([], project) == 0
    assert "generate_super: new operation, POST /generate/image/acme/super" in capsys.readouterr().out
    assert (project / "generated" / "krea_api" / "api" / "image" / "generate_super.py").is_file()
    assert (project / "generated" / "krea_api" / "models" / "super_request.py").is_file()


def test_a_field_that_leaves_becomes_a_retired_field_by_itself(
    project: Path, edit: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    leave(project, edit)
    assert main([], project) == 0
    row = '{ name: skip_prompt_expansion, last_seen: "2026-10-09", gone_by: "2026-11-20" }'
    stdout = capsys.readouterr().out.splitlines()
    assert stdout[0] == f"generate_z_image: skip_prompt_expansion left; its row was added to spec/: {row}"
    assert "  breaking: ZImageRequest: skip_prompt_expansion= is gone" in stdout
    assert f"        - {row}\n" in (project / Z_IMAGE).read_text()
    details = json.loads((project / "generated/krea_api/operations/generate_z_image.json").read_text())
    assert "skip_prompt_expansion" in [row["name"] for row in details["retired_fields"]]
    assert main([], project) == 0
    assert capsys.readouterr().out == ""


def test_a_model_that_leaves_needs_a_word_and_gets_a_row_to_paste(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "spec/operations/image/gpt-image-2.yaml").unlink()
    assert main([], project) == 1
    assert "krea_api.models.GptImage2Request: this public name would be gone" in capsys.readouterr().err
    assert main(["--rename"], project) == 0
    stdout = capsys.readouterr().out
    assert (
        "add to spec/shared/gone.yaml: - { model: image/openai/gpt-image-2, sunset: null, replacement: null }\n"
        in stdout
    )
    assert "  breaking: krea_api.models.GptImage2Request is gone\n" in stdout


def test_a_field_that_never_was_one_leaves_no_row(project: Path, edit: Edit) -> None:
    leave(project, edit, "seed", "denoising_strength")
    before = (project / Z_IMAGE).read_text()
    assert main(["--no-retire"], project) == 0
    assert (project / Z_IMAGE).read_text() == before


def test_a_run_that_fails_leaves_the_specification_as_it_was(project: Path, edit: Edit) -> None:
    leave(project, edit)
    edit(project / "spec/templates/shadows.json", '"client.py.jinja": "', '"client.py.jinja": "0')
    before = snapshot(project)
    assert main([], project) == 1
    assert snapshot(project) == before


def leave(project: Path, edit: Edit, field: str = "skip_prompt_expansion", behind: str = "image_url") -> None:
    """Take a field out of z-image, up to the one behind it, as seen on a later day."""
    text = (project / Z_IMAGE).read_text()
    start = text.index(f"        {field}:\n")
    (project / Z_IMAGE).write_text(text[:start] + text[text.index(f"        {behind}:\n", start) :])
    edit(project / Z_IMAGE, 'x-krea-captured: "2026-10-09"', 'x-krea-captured: "2026-11-20"')


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        (Z_IMAGE, '"16:9"', "16:9", f"spec/operations/image/z-image.yaml:{LINE_OF_RATIOS}: "),
        (
            Z_IMAGE,
            "#/components/schemas/ZImageResolution",
            "#/components/schemas/Nothing",
            "has no components.schemas.Nothing",
        ),
        (Z_IMAGE, "        seed:", "        Seed:", "fields_are_plain_names"),
        (Path("scripts/constraints.txt"), "ruff==", "ruff==0.0.", "asks for 0.0."),
        (Path("scripts/constraints.txt"), "openapi-python-client==", "openapi-python-client>=", "there is no line"),
        (
            Path("spec/templates/shadows.json"),
            '"client.py.jinja": "',
            '"client.py.jinja": "0',
            "the stock template has changed",
        ),
        (Path("spec/templates/shadows.json"), '"client.py.jinja"', '"lost.py.jinja"', "we own no such template"),
    ],
    ids=["yaml", "reference", "lint", "another ruff", "no pin", "stock changed", "record without template"],
)
def test_a_bad_input_is_named_and_nothing_is_written(
    project: Path, edit: Edit, capsys: pytest.CaptureFixture[str], file: Path, old: str, new: str, complaint: str
) -> None:
    edit(project / file, old, new)
    before = snapshot(project / "generated")
    assert main([], project) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert complaint in err
    assert err.endswith("nothing was written\n")
    assert snapshot(project / "generated") == before


def test_a_template_that_the_generator_never_reads_stops_the_run(project: Path) -> None:
    (project / "spec" / "templates" / "modle.py.jinja").write_text("")
    with pytest.raises(GenerationFailed, match=r"templates/modle\.py\.jinja: the generator never reads it"):
        pipeline.build(project, project / "new")


def test_a_new_shadow_must_be_recorded(project: Path) -> None:
    (project / "spec" / "templates" / "model.py.jinja").write_text("")
    with pytest.raises(GenerationFailed, match=r"model\.py\.jinja: stands in for a stock template"):
        shadows.verify(project / "spec" / "templates")
    shadows.accept(project / "spec" / "templates")
    shadows.verify(project / "spec" / "templates")


def test_a_warning_of_the_generator_stops_the_run(project: Path, edit: Edit) -> None:
    # Valid OpenAPI, and our lint minds nothing; the generator leaves the answer out with a warning.
    strange = 'application/x-strange:\n              schema: { $ref: "../shared/job.yaml#/components/schemas/JobPage'
    edit(project / "spec/operations/jobs.yaml", strange.replace("x-strange", "json"), strange)
    with pytest.raises(GenerationFailed, match=r"openapi-python-client: .*GET /jobs.*application/x-strange"):
        pipeline.build(project, project / "new")


def test_the_stamp_says_what_everything_was_made_from(full_build: Path) -> None:
    stamp = json.loads((full_build / "STAMP.json").read_text())
    pins = (ROOT / "scripts" / "constraints.txt").read_text().splitlines()
    assert [f"{tool}=={version}" in pins for tool, version in stamp["tools"].items()] == [True, True]
    assert stamp["counts"]["modules"] == len(list(full_build.rglob("*.py")))


def test_every_module_says_who_made_it(full_build: Path) -> None:
    for path in full_build.rglob("*.py"):
        assert path.read_text().startswith("# Made by scripts/regenerate from spec/.")


def run_with(python: str, root: Path, target: Path, seed: str) -> None:
    target.mkdir()
    code = (
        "import sys; from pathlib import Path; from regenerate.pipeline import build; build(*map(Path, sys.argv[1:]))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "scripts" / "commands"), "PYTHONHASHSEED": seed}
    subprocess.run([python, "-c", code, str(root), str(target)], env=environment, check=True)


@pytest.mark.parametrize("seed", ["1", "4242"])
def test_the_bytes_do_not_depend_on_the_hash_seed(
    small_root: Path, small_build: Path, tmp_path: Path, seed: str
) -> None:
    run_with(sys.executable, small_root, tmp_path / "other", seed)
    assert differences(tmp_path / "other", small_build) == []


@pytest.mark.pythons
@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13", "3.14"])
def test_the_bytes_do_not_depend_on_the_python(full_build: Path, tmp_path: Path, version: str) -> None:
    python = ROOT / f".venv-{version}" / "bin" / "python"
    if not python.exists():
        pytest.skip(f"there is no environment for {version}; scripts/check-pythons makes it where that Python is")
    run_with(str(python), ROOT, tmp_path / "other", "7")
    assert differences(tmp_path / "other", full_build) == []
