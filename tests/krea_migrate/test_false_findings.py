"""What was said wrongly of programs that others wrote: each of these is true of the API, or has nothing to do with it."""

from __future__ import annotations

import pytest

from .looking import VIDEO, findings, report

HOST = "https://api.krea.ai"


def test_an_unknown_name_is_explained_by_what_it_stands_for_elsewhere() -> None:
    source = f'import requests\nrequests.post("{VIDEO}", json={{"prompt": "x", "image_url": "u"}})\n'
    (finding,) = findings("KREA203", a__py=source)
    assert finding.reason.endswith("has no field 'image_url'; did you mean 'start_image'?")


def test_a_training_has_the_fields_of_its_variants() -> None:
    source = (
        "import requests\nbody = {'name': 'ink', 'urls': ['u']}\nbody['trigger_word'] = 'inky'\n"
        f"requests.post('{HOST}/styles/train', json=body)\n"
    )
    assert findings("KREA203", a__py=source) == []


def test_names_of_today_are_not_called_gone_at_an_unknown_address() -> None:
    body = '{"prompt": "x", "width": 1024, "aspectRatio": "1:1"}'
    call = f'requests.post("{HOST}/generate/image/bytedance/seedream-9", json={body})'
    names = [finding.old for finding in findings("KREA205", a__py=f"import requests\n{call}\n")]
    assert names == ["/generate/image/bytedance/seedream-9", "aspectRatio"]


@pytest.mark.parametrize("path", ["mcp", "openapi.json", "docs"])
def test_what_else_the_host_serves_is_no_unknown_address(path: str) -> None:
    assert report(a__js=f"export const KREA = {{ url: '{HOST}/{path}' }};\n").findings == []
    assert len(report(a__js=f"export const KREA = {{ url: '{HOST}/{path}s' }};\n").findings) == 1


def test_a_value_that_the_shell_fills_in_is_not_refused() -> None:
    program = "import json; print(json.dumps({'prompt': 'x', 'aspect_ratio': '$SHAPE'}))"
    script = f'curl {HOST}/generate/image/google/nano-banana-pro -d "$(python3 -c "{program}")"\n'
    assert findings("KREA204", a__sh=script) == []
    assert len(findings("KREA204", a__sh=script.replace("$SHAPE", "7:1"))) == 1


def test_a_type_with_input_in_its_name_makes_no_body() -> None:
    source = (
        "import { kreaPathOf } from './paths';\n"
        "export type KreaInput = { workflow?: string; prompt: string };\n"
        f"const BASE = process.env.KREA_BASE?.trim() || '{HOST}';\n"
        "export async function kreaRequest(path: string, init?: RequestInit) {\n"
        "  return fetch(`${BASE}${path}`, { ...init });\n"
        "}\n"
        "function pathOf(input: KreaInput): string {\n"
        "  return input.workflow ? kreaPathOf(input.workflow) : 'bfl/flux-1-dev';\n"
        "}\n"
        "export async function draw(input: KreaInput) {\n"
        "  const body = JSON.stringify({ prompt: input.prompt });\n"
        "  return kreaRequest(`/generate/image/${pathOf(input)}`, { method: 'POST', body });\n"
        "}\n"
    )
    assert findings("KREA302", a__ts=source) == []


def test_a_name_that_the_body_has_is_not_what_an_unknown_one_meant() -> None:
    body = "const body = { prompt: wish, width: 1024, height: 1024 };\nif (without) body.negative_prompt = without;\n"
    call = f"await fetch('{HOST}/generate/image/bfl/flux-1-kontext-dev', {{ method: 'POST', body: JSON.stringify(body) }});\n"
    (finding,) = findings("KREA203", a__js=body + call)
    assert finding.reason.endswith("has no field 'negative_prompt'")
    alone = body.replace("prompt: wish, ", "") + call
    (finding,) = findings("KREA203", a__js=alone)
    assert finding.reason.endswith("did you mean 'prompt'?")
