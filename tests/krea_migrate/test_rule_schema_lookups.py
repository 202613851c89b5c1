"""KREA301."""

import pytest

from .looking import URL, findings, report, said


def test_other_lookups_stay() -> None:
    assert said(a__py='krea = {}\nx = "aspectRatio" in krea\ny = schema["properties"]["aspect_ratio"]\n') == []


def test_an_old_name_in_a_schema() -> None:
    (finding,) = findings(a__py='fields = schema.get("properties", {})\nknown = "aspectRatio" in fields\n')
    assert (finding.rule, finding.old, finding.edits) == ("KREA301", "aspectRatio", ())
    assert "'aspect_ratio'" in finding.reason


@pytest.mark.parametrize(
    "program",
    [
        'def takes(name):\n    return name in schema["properties"]\n\nkrea = takes("aspectRatio")\n',
        'def takes(body, name):\n    return schema["properties"].get(name)\n\nkrea = takes({}, name="aspectRatio")\n',
        "class A:\n    def takes(self, name):\n        return name in self.schema['properties']\n\nkrea = A().takes('aspectRatio')\n",
    ],
)
def test_an_old_name_that_a_function_looks_up(program: str) -> None:
    assert said("KREA301", a__py=program) == [("aspectRatio", "unsure")]


def test_a_function_that_looks_elsewhere() -> None:
    assert said(a__py='def takes(name):\n    return name in krea\n\ntakes("aspectRatio")\n') == []


def test_a_name_that_a_function_of_a_shell_gets() -> None:
    program = f"""
takes() {{ curl -s https://api.krea.ai/openapi.json | jq -e --arg n "$1" '[.. | .properties? // empty | has($n)] | any'; }}
log() {{ echo "$1"; }}
if takes aspectRatio; then echo yes; fi
log "the aspectRatio is set"
curl {URL} -d '{{"prompt": "a fox"}}'
"""
    assert said(a__sh=program) == [("aspectRatio", "unsure")]


@pytest.mark.parametrize(
    "copy", ["clip.model_dump(by_alias=True)", "asdict(clip, dict_factory=dict)", "clip.dict(exclude_none=True)"]
)
def test_options_of_a_copy_are_no_fields(copy: str) -> None:
    program = f"""
class Clip(BaseModel):
    prompt: str

clip = Clip(prompt="a fox")
httpx.post("{URL}", json={copy})
"""
    assert report(a__py=program).findings == []
