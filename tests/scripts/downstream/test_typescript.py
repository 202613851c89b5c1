"""The TypeScript of docs/downstream.md runs, and translates deprecated names as krea_client does."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from downstream.picture import picture_made, programs
from downstream.workplace import DOCUMENT, NPM, is_ready
from krea_client._request.alias_translation import translate
from krea_client.errors import KreaError

NODE = NPM[0]
DRIVER = """
import { readFileSync } from "node:fs";
import { namesOfToday } from "./aliases.ts";
process.on("warning", () => {});
const answers = JSON.parse(readFileSync("bodies.json", "utf-8")).map(([path, body]) => {
  const before = JSON.stringify(body);
  try {
    return [namesOfToday(path, body), JSON.stringify(body) === before];
  } catch (error) {
    return [error.message, JSON.stringify(body) === before];
  }
});
console.log(JSON.stringify(answers));
"""
Z_IMAGE = "/generate/image/z-image/z-image"


def by_typescript(folder: Path, bodies: list[tuple[str, dict[str, Any]]]) -> list[Any]:
    """Return what the page's function makes of bodies, and whether it left them alone; all in one process."""
    (folder / "aliases.ts").write_text(programs()["aliases.ts"], "utf-8")
    (folder / "driver.mjs").write_text(DRIVER, "utf-8")
    (folder / "package.json").write_text('{"type": "module"}', "utf-8")
    (folder / "bodies.json").write_text(json.dumps(bodies), "utf-8")
    (folder / "openapi.json").write_bytes(DOCUMENT.read_bytes())
    completed = subprocess.run(
        [NODE, "--no-warnings", "driver.mjs"], cwd=folder, capture_output=True, text=True, check=False, timeout=60
    )
    assert completed.returncode == 0, completed.stderr
    answers: list[Any] = json.loads(completed.stdout)
    return answers


def by_python(path: str, body: dict[str, Any]) -> dict[str, Any] | None:
    """Return what krea_client makes of a body; None when it refuses."""
    try:
        return translate(path.removeprefix("/generate/"), body)[0]
    except KreaError:
        return None


def every_old_name() -> list[tuple[str, dict[str, Any]]]:
    """Yield for each row of each operation: the deprecated name alone, with its new one, and with another value of it."""
    bodies: list[tuple[str, dict[str, Any]]] = []
    for path, item in json.loads(DOCUMENT.read_text("utf-8"))["paths"].items():
        for row in item.get("post", {}).get("x-krea-deprecated-field-aliases", ()):
            old, new = row["from"], row["to"]
            bodies += [(path, body) for body in ({old: 1}, {new: [1], old: [1]}, {new: 1, old: None}, {new: 1})]
    return bodies


def test_old_names_of_all_models_are_translated_as_in_python(tmp_path: Path) -> None:
    bodies = every_old_name()
    assert len(bodies) > 500
    for (path, body), (translated, untouched) in zip(bodies, by_typescript(tmp_path, bodies), strict=True):
        expected = by_python(path, body)
        assert untouched
        assert translated == expected if expected is not None else isinstance(translated, str), (
            path,
            body,
            translated,
            expected,
        )


def test_a_refusal_names_both_and_other_names_pass(tmp_path: Path) -> None:
    [(clash, _), (second_result, _)] = by_typescript(
        tmp_path, [(Z_IMAGE, {"aspectRatio": "1:1", "aspect_ratio": "16:9"}), (Z_IMAGE, {"promptText": "a", "seed": 1})]
    )
    assert clash == f"{Z_IMAGE}: 'aspectRatio' and 'aspect_ratio' are one field, and were given different values"
    assert second_result == {"promptText": "a", "seed": 1}


@pytest.mark.skipif(not is_ready(), reason="scripts/downstream installs the generators, and tries this too")
def test_a_generated_client_gets_a_picture_from_the_sandbox() -> None:
    assert picture_made(typed=False).complaints == ()
