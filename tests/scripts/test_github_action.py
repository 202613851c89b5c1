"""action.yml: its steps, run by bash as GitHub runs them, against this development environment."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
PROGRAM = """import requests

requests.post("https://api.krea.ai/generate/image/z-image/z-image", json={"prompt": "A fox", "aspectRatio": "1:1", "resolution": "1K"})
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    programs = tmp_path / "runner" / "krea-client" / "bin"
    programs.mkdir(parents=True)
    (programs / "krea-client").symlink_to(Path(sys.prefix) / "bin" / "krea-client")
    folder = tmp_path / "repository"
    folder.mkdir()
    (folder / "app.py").write_text(PROGRAM)
    (folder / "clean.py").write_text("print('hello')\n")
    return folder


def run_step(name: str, repository: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run the program of a step as GitHub does."""
    [step] = [step for step in ACTION["runs"]["steps"] if step["name"] == name]
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]],
        cwd=repository,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def environment_of(name: str, values: dict[str, str]) -> dict[str, str]:
    """Return the environment of a step, its expressions replaced by these values."""
    [step] = [step for step in ACTION["runs"]["steps"] if step["name"] == name]
    return {key: values[text.removeprefix("${{ ").removesuffix(" }}")] for key, text in step["env"].items()}


def check(repository: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run the steps with these inputs and the defaults of the others; return the output of the check with the code of the last step."""
    values = {
        f"inputs.{name}": inputs.get(name.replace("-", "_"), entry["default"])
        for name, entry in ACTION["inputs"].items()
    }
    outputs = repository.parent / "outputs"
    runner = {"RUNNER_TEMP": str(repository.parent / "runner"), "GITHUB_OUTPUT": str(outputs)}
    process = run_step("Check", repository, {**runner, **environment_of("Check", values)})
    if process.returncode == 0:
        values["steps.check.outputs.code"] = outputs.read_text().strip().removeprefix("code=")
        process.returncode = run_step("Result", repository, environment_of("Result", values)).returncode
    return process


def test_findings_annotate_the_lines_and_fail_the_step(repository: Path) -> None:
    process = check(repository)
    assert process.returncode == 1
    assert "::error file=app.py,line=3" in process.stdout


def test_findings_need_not_fail_the_step(repository: Path) -> None:
    assert check(repository, fail_on_findings="false").returncode == 0


def test_without_findings_the_step_passes(repository: Path) -> None:
    process = check(repository, paths="clean.py")
    assert (process.returncode, process.stdout) == (0, "")


def test_sarif_goes_to_a_file(repository: Path) -> None:
    process = check(repository, sarif_file="found.sarif", fail_on_findings="false")
    assert (process.returncode, process.stdout) == (0, "")
    log = json.loads((repository / "found.sarif").read_text("utf-8"))
    assert [result["ruleId"] for result in log["runs"][0]["results"]] == ["KREA101"]


def test_a_path_that_is_absent_always_fails_the_step(repository: Path) -> None:
    assert check(repository, paths="absent.py", fail_on_findings="false").returncode == 2


def test_inputs_are_not_read_as_shell_code(repository: Path) -> None:
    check(repository, paths="clean.py; touch broken-in $(touch broken-in)")
    assert not (repository / "broken-in").exists()
