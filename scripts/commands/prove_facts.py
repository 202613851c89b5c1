"""Changes facts of the specification in a copy of the project, regenerates it, and runs its tests.

A correct change of a fact must not fail a test, so a test that fails here has typed the fact once more.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from project_copy import copy_project, regenerated_and_tested

BOUNDS = ("maximum", "maxItems", "maxLength")
READ = "2026-11-20"  # the day on which the changed price was read
NEW_FIELD = "film_grain"
NEW_FIELD_LINES = (
    f"{NEW_FIELD}:",
    "  type: number",
    "  minimum: 0",
    "  maximum: 1",
    "  description: How much film grain the result gets.",
)


class Replacement(NamedTuple):
    """New text for a part of a file, and the change in words."""

    start: int
    end: int
    text: str
    summary: str


class ModelFacts:
    """The facts of one model in its file: the operation and the request as YAML nodes, which know their places."""

    def __init__(
        self, model: str, file: Path, text: str, operation: yaml.MappingNode, request: yaml.MappingNode
    ) -> None:
        self.model, self.file, self._text = model, file, text
        self._factor = 1.1 if len(model) % 2 else 0.9  # some prices rise, others fall
        self._operation, self._request = operation, request

    def changes(self) -> dict[str, list[Replacement]]:
        """Return what can be changed: its price, its first bound, a field more."""
        return {"price": [*self._price()], "bound": [*self._bound()][:1], "field": [*self._field()]}

    def _price(self) -> Iterator[Replacement]:
        pricing = child(self._operation, "x-krea-pricing")
        if pricing is None:
            return
        table = child(pricing, "table")
        row = table.value[0] if table is not None else pricing
        amount = child(row, "amount") or child(row, "least")
        if amount is not None:
            changed = f"{float(amount.value) * self._factor:.4g}"
            yield replaced(amount, changed, f"price {amount.value} -> {changed}")
            yield replaced(child(pricing, "read"), f'"{READ}"', f"read on {READ}")

    def _bound(self) -> Iterator[Replacement]:
        for name, field in child(self._request, "properties").value:
            for keyword in BOUNDS:
                bound = child(field, keyword) if isinstance(field, yaml.MappingNode) else None
                if bound is not None:
                    changed = f"{float(bound.value) + 1:g}"
                    yield replaced(bound, changed, f"{name.value}: {keyword} {bound.value} -> {changed}")

    def _field(self) -> Iterator[Replacement]:
        first_name = child(self._request, "properties").value[0][0]
        last = child(self._request, "properties").value[-1][1]
        line_end = self._text.index("\n", max(end_of(last) - 1, 0))
        indent = "\n" + " " * first_name.start_mark.column
        yield Replacement(line_end, line_end, indent + indent.join(NEW_FIELD_LINES), f"field {NEW_FIELD} added")


def child(node: Any, key: str) -> Any:
    """Return the value of a key of a mapping node, or None."""
    return next((value for name, value in node.value if name.value == key), None)


def end_of(node: yaml.Node) -> int:
    """Return where the text of a node ends; a block ends with its last part, though its own mark is behind the blank lines."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style:
        last = node.value[-1]
        return end_of(last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.index)


def replaced(node: yaml.Node, text: str, summary: str) -> Replacement:
    """Replace a scalar."""
    return Replacement(node.start_mark.index, node.end_mark.index, text, summary)


def models_of(file: Path) -> Iterator[ModelFacts]:
    """Yield the models of a file whose request stands in the same file with fields of its own."""
    text = file.read_text("utf-8")
    document: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    schemas = child(child(document, "components") or document, "schemas")
    for path, item in (child(document, "paths") or document).value:
        operation = child(item, "post") if path.value.startswith("/generate/") else None
        body = re.search(
            r"requestBody:.*?\$ref: \"#/components/schemas/(\w+)\"",
            text[operation.start_mark.index : operation.end_mark.index] if operation else "",
            re.DOTALL,
        )
        request = child(schemas, body[1]) if body and schemas else None
        properties = child(request, "properties") if request else None
        if operation and request and isinstance(properties, yaml.MappingNode) and child(properties, "$ref") is None:
            yield ModelFacts(path.value.split("/", 3)[3], file, text, operation, request)


def most_named(copy: Path) -> list[ModelFacts]:
    """Return all models, those first that tests and pages name most."""
    files = [*(copy / "tests").rglob("*.py"), *(copy / "docs").rglob("*.md"), copy / "README.md"]
    text = "\n".join(file.read_text("utf-8") for file in files if file.name != "models.md")
    facts = [model for file in sorted((copy / "spec" / "operations").rglob("*.yaml")) for model in models_of(file)]
    return sorted(facts, key=lambda model: -len(re.findall(rf"{re.escape(model.model)}(?![\w.-])", text)))


def change_facts(copy: Path, count: int) -> list[str]:
    """Change facts of the copy until each kind of change was made `count` times; return the changes in words."""
    counts = dict.fromkeys(("price", "bound", "field"), 0)
    replacements: dict[Path, list[Replacement]] = {}
    summaries = []
    for model in most_named(copy):
        for kind, changes in model.changes().items():
            if changes and counts[kind] < count:
                counts[kind] += 1
                replacements.setdefault(model.file, []).extend(changes)
                summaries.append(f"{model.model}: {', '.join(change.summary for change in changes)}")
    for file, changes in replacements.items():
        text = file.read_text("utf-8")
        for change in sorted(set(changes), reverse=True):
            text = text[: change.start] + change.text + text[change.end :]
        file.write_text(text, "utf-8")
    return summaries


def prove(copy: Path, count: int, arguments: Sequence[str]) -> int:
    """Change, regenerate and test the copy; return the exit code."""
    copy_project(copy)
    print("\n".join(change_facts(copy, count)), flush=True)
    if code := regenerated_and_tested(copy, arguments):
        return code
    print("scripts/prove-facts: no test has a fact of its own")
    return 0


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(
        prog="scripts/prove-facts", description="Prove that facts are typed in spec/ only."
    )
    parser.add_argument("--models", type=int, default=10, help="how many models to change (10)")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="make the copy in this new folder and keep it")
    parser.add_argument("pytest", nargs="*", help="arguments for pytest instead of all tests")
    options = parser.parse_args()
    if options.keep:
        options.keep.mkdir(parents=True)
        return prove(options.keep.resolve(), options.models, options.pytest)
    with tempfile.TemporaryDirectory(prefix="krea-client-") as folder:
        return prove(Path(folder).resolve(), options.models, options.pytest)


if __name__ == "__main__":
    sys.exit(main())
