"""KREA302."""

import pytest

from .looking import URL, findings, said


def test_a_body_that_is_known_is_not_open() -> None:
    source = f"""
import requests
def send(payload):
    return requests.post("{URL}", json=payload)
send({{"prompt": "x"}})
"""
    assert said(a__py=source) == []


def test_input_that_is_mapped_is_fine() -> None:
    source = f"""
import requests
from krea_client.aliases import translate
def send(payload):
    body, _ = translate("google/nano-banana-pro", payload)
    return requests.post("{URL}", json=body)
"""
    assert said(a__py=source) == []


def test_input_from_outside_is_shown_with_the_way_to_map_it() -> None:
    (finding,) = findings(
        a__py=f'import requests\ndef send(payload):\n    return requests.post("{URL}", json=payload)\n'
    )
    assert (finding.rule, finding.old, finding.certainty, finding.edits) == ("KREA302", "payload", "unsure", ())
    assert "translate(model, payload)[0]" in finding.reason


SCHEMA = (
    'import { z } from "zod";\nconst Body = z.object({ prompt: z.string(), aspectRatio: z.string().optional() });\n'
)
OUTER = (
    'import { z } from "zod";\nconst Outer = z.object({ input: z.object({ aspectRatio: z.string() }).optional() });\n'
)
YUP = 'import * as yup from "yup";\nconst Body = yup.object({ prompt: yup.string(), aspectRatio: yup.string() });\n'


def _sends(body: str, url: str = URL) -> str:
    return f'fetch("{url}", {{ method: "POST", body: JSON.stringify({body}) }})'


@pytest.mark.parametrize(
    "program",
    [
        f"{SCHEMA}{_sends('Body.parse(x)')};\n",
        f"{SCHEMA}async function run(x) {{ const body = await Body.parseAsync(x); return {_sends('body')}; }}\n",
        f"{SCHEMA}function run(x) {{ const body = Body.parse(x); return {_sends('{ ...body, seed: 1 }')}; }}\n",
        f"{SCHEMA}function run(x) {{ const checked = Body.safeParse(x); return {_sends('checked.data')}; }}\n",
        f"{SCHEMA}function run(body: z.infer<typeof Body>) {{ return {_sends('body')}; }}\n",
        f"{SCHEMA}type Input = z.infer<typeof Body>;\nfunction run(body: Input) {{ return {_sends('body')}; }}\n",
        f"{SCHEMA}const More = Body.extend({{ seed: z.number() }});\n{_sends('More.parse(x)')};\n",
        f"{SCHEMA}const More = z.object({{ seed: z.number() }}).merge(Body);\n{_sends('More.parse(x)')};\n",
        f"{OUTER}{_sends('Outer.parse(x).input')};\n",
        f"{YUP}async function run(x) {{ return {_sends('await Body.validate(x)')}; }}\n",
    ],
    ids=["parse", "await", "spread", "safe", "type", "named type", "extend", "merge", "member", "yup"],
)
def test_names_that_a_schema_lets_in_are_shown(program: str) -> None:
    shown = [finding for finding in findings(a__ts=program) if finding.old == "aspectRatio"]
    assert [(finding.rule, finding.new, finding.certainty) for finding in shown] == [
        ("KREA302", "aspect_ratio", "unsure")
    ]
    assert program.encode()[shown[0].start : shown[0].end].strip(b'"') == b"aspectRatio"


@pytest.mark.parametrize(
    "use",
    [
        f"{_sends('Body.parse(x)', 'https://fal.run/x')};\n{_sends('{}')};\n",
        f"const Less = Body.extend({{ seed: z.number() }}).omit({{ aspectRatio: true }});\n{_sends('Less.parse(x)')};\n",
        f"const {{ prompt }} = Body.parse(x);\n{_sends('{ prompt }')};\n",
        _sends('{ prompt: "x" }'),
    ],
    ids=["elsewhere", "omitted", "taken apart", "unused"],
)
def test_names_of_a_schema_that_are_not_sent_are_no_matter(use: str) -> None:
    assert [finding.old for finding in findings(a__ts=SCHEMA + use) if finding.old == "aspectRatio"] == []
