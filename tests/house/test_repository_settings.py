"""Workflows, templates and hooks run what exists, with few permissions."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from krea_client.cli import commands

from .conftest import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PROGRAM = re.compile(r"(?<![\w./-])((?:scripts|\.ci)/[\w-]+)")


def load(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return document


def steps(workflow: dict[str, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def check_steps() -> set[str]:
    return set(re.findall(r"^step ([\w-]+) ", (ROOT / "scripts" / "check").read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("path", [pytest.param(path, id=path.name) for path in WORKFLOWS])
def test_a_workflow_runs_programs_of_this_project(path: Path) -> None:
    programs = {name for step in steps(load(path)) for name in PROGRAM.findall(step.get("run", ""))}
    assert {name for name in programs if not (ROOT / name).is_file()} == set()


@pytest.mark.parametrize("path", [pytest.param(path, id=path.name) for path in WORKFLOWS])
def test_a_workflow_may_only_read_unless_a_job_says_more(path: Path) -> None:
    assert load(path)["permissions"] == {"contents": "read"}


@pytest.mark.parametrize("path", [pytest.param(path, id=path.name) for path in WORKFLOWS])
def test_every_action_has_a_version(path: Path) -> None:
    actions = [step["uses"] for step in steps(load(path)) if "uses" in step]
    assert [
        action for action in actions if not re.fullmatch(r"[\w./-]+@(?:v\d[\w.]*|release/v\d+|[0-9a-f]{40})", action)
    ] == []


def test_continuous_integration_runs_what_developers_run() -> None:
    assert [step["run"] for step in steps(load(ROOT / ".github" / "workflows" / "ci.yml")) if "run" in step] == [
        ".ci/run"
    ]


def test_only_the_publishing_job_of_a_release_may_get_an_identity_at_the_index() -> None:
    release = load(ROOT / ".github" / "workflows" / "release.yml")
    publish = release["jobs"]["publish"]
    assert publish["environment"] == "release"
    assert publish["permissions"] == {"id-token": "write"}
    assert all("run" not in step for step in publish["steps"])


def test_hooks_run_existing_steps_of_the_same_tools() -> None:
    [local] = load(ROOT / ".pre-commit-config.yaml")["repos"]
    assert local["repo"] == "local"
    for hook in local["hooks"]:
        program, *arguments = hook["entry"].split()
        assert (ROOT / program).is_file()
        assert program != "scripts/check" or set(arguments) <= check_steps()


def test_the_contributing_page_names_existing_steps() -> None:
    commands = re.findall(r"`scripts/check ([\w -]+)`", (ROOT / "CONTRIBUTING.md").read_text("utf-8"))
    assert commands
    assert {name for command in commands for name in command.split()} <= check_steps()


def test_the_image_installs_existing_extras_and_starts_an_existing_command() -> None:
    recipe = (ROOT / "Containerfile").read_text("utf-8")
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    installed = re.search(r'"/source\[([\w,]+)\]"', recipe)
    assert installed
    assert set(installed[1].split(",")) <= set(extras)
    program, *_ = json.loads(recipe.partition("\nENTRYPOINT ")[2].splitlines()[0])
    command, *options = json.loads(recipe.partition("\nCMD ")[2].splitlines()[0])
    assert program == "krea-client"
    commands.command(command).make_context(command, options)  # raises for an option that does not exist
