"""KREA301."""

from .looking import findings, said


def test_other_lookups_stay() -> None:
    assert said(a__py='krea = {}\nx = "aspectRatio" in krea\ny = schema["properties"]["aspect_ratio"]\n') == []


def test_an_old_name_in_a_schema() -> None:
    (finding,) = findings(a__py='fields = schema.get("properties", {})\nknown = "aspectRatio" in fields\n')
    assert (finding.rule, finding.old, finding.edits) == ("KREA301", "aspectRatio", ())
    assert "'aspect_ratio'" in finding.reason
