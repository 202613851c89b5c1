"""What docs-diff prints for a new field can be pasted into spec/: lint takes it, and the field is as the source has it."""

import json
import re
import textwrap
from pathlib import Path

import pytest

from adopt.yaml_edits import YamlFile
from docs_diff import yamlcore
from docs_diff.__main__ import main
from regenerate.bundle import Document

from ..regenerate.conftest import file_of
from .adoption import Z_IMAGE, findings, rules
from .test_odd_fields import FORMS, add_fields, assert_same_as, choice, obj

MORE_FORMS = {
    "texts": {"type": "array", "items": {"type": "string", "maxLength": 9}, "maxItems": 3},
    "frame": obj(aspect_ratio=choice("tall", "flat")),  # another field has a component of this name
}


def paste(advice: str, file: Path) -> None:
    """Paste what docs-diff prints where it says."""
    request = ("components", "schemas", "ZImageRequest", "properties")
    fields, _, components = advice.partition("and under components, schemas:\n")
    lines = re.sub(r"^add under properties:\s*", "", fields).strip("\n")
    yaml = YamlFile(file.name, file.read_text("utf-8"))
    for name, schema in yamlcore.load(textwrap.dedent(f"  {lines}")).items():
        yaml.set((*request, name), {"description": "TODO", **schema})
    for name, schema in (yamlcore.load(textwrap.dedent(components)) or {}).items():
        assert not yaml.has("components", "schemas", name)
        yaml.set(("components", "schemas", name), schema)
    file.write_text(yaml.text, "utf-8")


def test_new_fields_of_all_forms_are_printed_ready_to_paste(
    root: Path, document: Document, found_before: set[str], capsys: pytest.CaptureFixture[str]
) -> None:
    changed = add_fields(document, **FORMS, **MORE_FORMS)
    source = root / "document.json"
    source.write_text(json.dumps(changed), "utf-8")
    assert main([str(source), "--json"], root) == 1
    [operation] = json.loads(capsys.readouterr().out)[0]["different"]
    assert {difference["kind"] for difference in operation["differences"]} == {"field_new"}
    for difference in operation["differences"]:
        paste(difference["remedy"], file_of(Z_IMAGE, root / "spec"))
    assert rules(findings(root) - found_before) == {"words_are_written"}
    assert_same_as(root, changed, Z_IMAGE)
