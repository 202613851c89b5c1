"""What is shipped and generated: the wheel, the generated package beside the stock generator's, and the time to make it again."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from bench.environments import ROOT, wheel

GENERATED = ROOT / "generated"
INLINE = "stock generator on the document without shared components"


class Size(NamedTuple):
    """One size.

    Attributes:
        name: what was measured.
        measured: how much, in `unit`.
        unit: such as "MB".
        reference: the same of what it stands beside, or None.
        beside: what that is.
        most: the target, or None.
    """

    name: str
    measured: float
    unit: str
    reference: float | None = None
    beside: str = ""
    most: float | None = None

    @property
    def met(self) -> bool | None:
        """True when the target is met; None where there is none."""
        return None if self.most is None else self.measured <= self.most


def sizes() -> list[Size]:
    """Return all of them; takes as long as generating twice."""
    content = json.loads((GENERATED / "openapi.json").read_bytes())
    with tempfile.TemporaryDirectory() as folder:
        shipped = wheel(Path(folder)).stat().st_size / 1e6
        stock = _counted(_by_the_stock_generator(content, Path(folder)))
    our_files = _counted(GENERATED / "krea_api")
    operations = sum(method != "parameters" for item in content["paths"].values() for method in item)
    return [
        Size("wheel", shipped, "MB", most=1.5),
        Size("scripts/regenerate --check", _seconds_to_regenerate(), "s", most=15),
        Size(f"generated modules for {operations} operations", our_files[0], "files", stock[0], INLINE),
        Size("lines in them", our_files[1], "lines", stock[1], INLINE),
    ]


def inlined(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return the document as a server that knows no shared components would publish it."""

    def opened(part: Any, above: tuple[str, ...]) -> Any:
        if isinstance(part, list):
            return [opened(item, above) for item in part]
        if not isinstance(part, dict):
            return part
        own = {key: opened(value, above) for key, value in part.items() if key != "$ref"}
        name = part.get("$ref")
        if not isinstance(name, str):
            return own
        return {} if name in above else {**opened(_at(content, name), (*above, name)), **own}

    keep = content.get("components", {}).get("securitySchemes", {})
    other_parts = {key: opened(value, ()) for key, value in content.items() if key != "components"}
    return {**other_parts, "components": {"securitySchemes": keep}}


def _at(content: Any, name: str) -> Any:
    for step in name.removeprefix("#/").split("/"):
        content = content[step.replace("~1", "/").replace("~0", "~")]
    return content


def _by_the_stock_generator(content: Mapping[str, Any], folder: Path) -> Path:
    source, target = folder / "inline.json", folder / "stock"
    source.write_text(json.dumps(inlined(content)), "utf-8")
    tools = Path(sys.executable).parent
    command = [str(tools / "openapi-python-client"), "generate", "--path", str(source), "--meta", "none"]
    completed = subprocess.run(
        [*command, "--output-path", str(target)],
        env={"PATH": f"{tools}:/usr/bin:/bin"},  # it formats with the ruff that it finds there
        capture_output=True,
        text=True,
        check=False,
    )
    if not target.is_dir():
        raise SystemExit(f"scripts/bench: the stock generator failed:\n{completed.stdout}{completed.stderr}")
    return target


def _counted(package: Path) -> tuple[int, int]:
    """Return how many modules, and how many lines in all of them."""
    modules = list(package.rglob("*.py"))
    return len(modules), sum(module.read_bytes().count(b"\n") for module in modules)


def _seconds_to_regenerate() -> float:
    began = time.perf_counter()
    subprocess.run([str(ROOT / "scripts" / "regenerate"), "--check"], capture_output=True, check=False)
    return time.perf_counter() - began
