"""The two tools that decide the bytes of generated/, each in exactly one version."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from .problems import GenerationFailed

TOOLS = ("openapi-python-client", "ruff")


def pinned(constraints: Path) -> dict[str, str]:
    """Return tool to version. Raises GenerationFailed when a pin is missing or another version is installed."""
    pins = dict(re.findall(r"^([\w.-]+)==(\S+)$", constraints.read_text("utf-8"), re.MULTILINE))
    problems = []
    for tool in TOOLS:
        if tool not in pins:
            problems.append(
                f"scripts/{constraints.name}: there is no line {tool}==...; generated/ needs an exact version"
            )
        elif (installed := _installed(tool)) != pins[tool]:
            problems.append(
                f"{tool}: {installed} is installed, scripts/{constraints.name} asks for {pins[tool]}; install that"
            )
    if problems:
        raise GenerationFailed(problems)
    return {tool: pins[tool] for tool in TOOLS}


def _installed(tool: str) -> str:
    try:
        return version(tool)
    except PackageNotFoundError:
        return "no version"
