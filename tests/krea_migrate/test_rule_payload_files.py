"""KREA108."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from krea_migrate import engine
from krea_migrate.limits import READING

from .looking import URL, findings, report, said, written


def test_files_that_go_nowhere_or_elsewhere_stay() -> None:
    assert said(a__json='{"prompt": "x", "aspectRatio": "1:1"}') == []
    assert said(a__json='{"url": "https://fal.run/x", "body": {"aspectRatio": "1:1"}}') == []
    assert said(a__yaml="krea:\n  prompt: x\n  aspectRatio: '1:1'\n") == []


def test_a_body_beside_its_address() -> None:
    source = f'{{"url": "{URL}", "body": {{"aspectRatio": "1:1"}}, "ui": {{"aspectRatio": 1}}}}\r\n'
    assert written(a__json=source) == source.replace('{"aspectRatio": "', '{"aspect_ratio": "')


def test_yaml_keeps_comments_and_quotes() -> None:
    head = "# aspectRatio\n- endpoint: /generate/image/google/nano-banana\n  body:\n"
    source = head + "    'aspectRatio': \"1:1\"  # aspectRatio\n    imageUrls: []\n"
    expected = source.replace("'aspectRatio'", "'aspect_ratio'").replace("imageUrls", "image_urls")
    assert written(a__yaml=source) == expected


def test_a_file_that_a_program_sends() -> None:
    program = f'import json, requests\nrequests.post("{URL}", json=json.load(open("body.json")))\n'
    assert written(body__json='{"aspectRatio": "1:1"}', a__py=program) == '{"aspect_ratio": "1:1"}'


def test_what_the_operation_refuses_is_reported() -> None:
    body = '{"prompt": "x", "aspectRatio": "1:1", "widht": 5, "seed": "x", "steps": 100000}'
    expected = [("aspectRatio", "KREA203"), ("widht", "KREA203"), ("seed", "KREA204"), ("steps", "KREA204")]
    address = "https://api.krea.ai/generate/image/bfl/flux-1-dev"
    document = f'{{"url": "{address}", "body": {body}}}'
    for files in ({"a__json": document}, {"a__yaml": document}, {"a__yaml": f"url: {address}\nbody: {body}\n"}):
        assert [(finding.old, finding.rule) for finding in report(**files).findings] == expected


def test_a_body_for_a_model_that_is_gone() -> None:
    gone = "https://api.krea.ai/generate/image/google/nano-banana-flash"
    found = findings(a__json=f'{{"url": "{gone}", "body": {{"aspectRatio": "1:1"}}}}')
    assert [finding.rule for finding in found] == ["KREA202", "KREA205"]


def test_values_that_the_run_fills_in_are_not_judged() -> None:
    body = '{"prompt": "x", "seed": "{{ $json.seed }}", "steps": "${STEPS}"}'
    address = "https://api.krea.ai/generate/image/bfl/flux-1-dev"
    assert report(a__json=f'{{"url": "{address}", "body": {body}}}').findings == []


def test_members_that_an_anchor_gives() -> None:
    common = "common: &c\n  aspectRatio: '1:1'\n"
    body = f"ours:\n  url: {URL}\n  body:\n    <<: *c\n    prompt: x\n"
    assert said(a__yaml=common + body) == [("aspectRatio", "certain")]
    other = "theirs:\n  url: https://fal.run/x\n  body:\n    <<: *c\n"
    assert said(a__yaml=common + body + other) == [("aspectRatio", "unsure")]
    whole = f"a: {{url: '{URL}', body: *c}}\nb: {{url: 'https://fal.run/x', body: *c}}\n"
    assert said(a__yaml=common + whole) == [("aspectRatio", "unsure")]


def test_an_anchor_in_a_file_that_a_program_sends() -> None:
    program = f'import yaml, requests\nrequests.post("{URL}", json=yaml.safe_load(open("body.yaml"))["body"])\n'
    source = "common: &c\n  aspectRatio: '1:1'\nbody:\n  <<: *c\n  prompt: x\n"
    assert written(body__yaml=source, a__py=program) == source.replace("aspectRatio", "aspect_ratio")


def test_a_file_too_large_to_be_read_that_a_program_sends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.py").write_text(f'import json, requests\nrequests.post("{URL}", json=json.load(open("body.json")))\n')
    Path("body.json").write_text(json.dumps({"prompt": "x" * READING.bytes.value}))
    assert "a program sends what it holds" in engine.check(["."]).problems["body.json"]


def test_pairs_of_name_and_value_and_merged_members_are_no_wrong_values() -> None:
    pairs = '[{"name": "prompt", "value": "x"}, {"name": "aspectRatio", "value": "1:1"}]'
    paired = f'{{"url": "{URL}", "bodyParameters": {{"parameters": {pairs}}}}}'
    merged = f"c: &c {{aspectRatio: '1:1'}}\na: {{url: '{URL}', body: {{<<: *c, prompt: x}}}}\n"
    for files in ({"a__json": paired}, {"a__yaml": merged}):
        assert [finding.rule for finding in report(**files).findings] == ["KREA108"]
