"""KREA108."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from krea_migrate import engine
from krea_migrate.findings import Finding
from krea_migrate.limits import READING

from .looking import URL, VIDEO, findings, report, said, written


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
    address = "https://api.krea.ai/generate/image/google/nano-banana-flash"
    of_both_rules = findings(a__json=f'{{"url": "{address}", "body": {{"aspectRatio": "1:1"}}}}')
    assert [finding.rule for finding in of_both_rules] == ["KREA202", "KREA205"]


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
    values = f"a: {{url: '{URL}', body: *c}}\nb: {{url: 'https://fal.run/x', body: *c}}\n"
    assert said(a__yaml=common + values) == [("aspectRatio", "unsure")]


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


@pytest.mark.parametrize("document", ['{"urls": ["%s"]}', '["%s"]', '{"body": {"x": 1}, "url": "%s"}'])
def test_addresses_in_lists_are_looked_at(document: str) -> None:
    gone = "https://api.krea.ai/generate/image/google/nano-banana-flash"
    assert [finding.rule for finding in report(a__json=document % gone).findings] == ["KREA202"]
    assert [finding.rule for finding in report(a__yaml=document % gone).findings] == ["KREA202"]


@pytest.mark.parametrize(
    "files",
    [
        {"a__json": f'{{"url": "{URL}", "body": {{"aspectRatio": 1 \n{{% if x %}}}}'},
        {"a__yaml": f"url: {URL}\n{{{{- if x }}}}\nbody: {{aspectRatio: 1}}\n"},
        {"a__ipynb": f'{{"cells": ["{URL}", "aspectRatio"'},
    ],
    ids=["json", "yaml", "notebook"],
)
def test_a_document_that_cannot_be_parsed_is_searched_for_names(files: dict[str, str]) -> None:
    searched = report(**files)
    assert [(finding.rule, finding.old) for finding in searched.findings] == [("KREA401", "aspectRatio")]
    assert len(searched.problems) == 1


def _lines() -> list[str]:
    """Return lines of a batch that look alike and differ in what the rules ask of them."""
    gone = "https://api.krea.ai/generate/image/google/nano-banana-flash"
    bodies = ['{"prompt": %s, "aspectRatio": "1:1"}', '{"prompt": %s, "aspectRatio": "7:7", "widht": 5, "seed": 1}']
    addresses = [
        "https://api.krea.ai/generate/image/bfl/flux-1-dev",
        URL,
        VIDEO,
        gone,
        "https://fal.run/x",
        "/generate/x/y",
    ]
    lines = [
        f'{{"custom_id": "{number}", "url": "{address}", "body": {body % prompt}}}'
        for number, prompt in enumerate(['"a fox"', '"Ein Bär – 🐻"', '"a \\"fox\\""', '"prompt"', "{}", "7", "null"])
        for address in addresses
        for body in bodies
    ]
    members = [
        '"method": "POST", "body": {"aspectRatio": "1:1"}',
        '"method": "GET", "body": {"aspectRatio": "1:1"}',
        '"type": "json", "body": {"aspectRatio": "1:1"}',
        '"type": "form-data", "body": {"aspectRatio": "1:1"}',
        '"body": "{\\"aspectRatio\\": 1}"',
        '"body": {"prompt": "a fox", "resolution": "1K"}',
        '"body": {"prompt": "a fox", "resolution": "9K"}',
        *(f'"body": {value}' for value in ("{}", "[]", "5", "null", '""', '[{"aspectRatio": 1}]')),
        '"body": "aspectRatio"',
        '"body": "a fox"',
        '"body": "={{ {aspectRatio: 1} }}"',
        '"bodyParameters": {"parameters": [{"name": "aspectRatio", "value": 1}]}',
        '"bodyParameters": {"parameters": [{"name": "x", "value": 1}]}',
    ]
    lines += [f'{{"url": "{URL}", {member}}}' for member in members]
    lines += [f'{{"url": "{addresses[0]}", "body": {{"prompt": "a fox", "steps": {steps}}}}}' for steps in (25, 1_000)]
    lines += [
        f'{{"url": "{addresses[0]}", "body": {{"prompt": "a fox", "seed": {seed}}}}}' for seed in (7, "123", '"x"', 1.5)
    ]
    lines += [
        f'{{"provider": "{vendor}", "prompt": "{prompt}", "aspectRatio": "1:1", "key": "{key}"}}'
        for vendor in ("krea", "fal", "mine")
        for prompt in ("a fox", "Prompt")
        for key in ("x", "aspectRatio")
    ]
    return lines


@pytest.mark.parametrize(
    ("ending", "sent"), [("\n", '{"prompt": "x"}'), ("\r\n", "json.loads(line)"), ("\n", 'json.loads(line)["body"]')]
)
def test_each_line_of_a_batch_is_judged_as_if_it_stood_alone(ending: str, sent: str) -> None:
    program = f'import json, requests\nfor line in open("a.jsonl"):\n    requests.post("{URL}", json={sent})\n'
    lines = _lines()
    alone = [report(a__jsonl=line, b__py=program).findings for line in lines]
    batch = lines * 2 + lines[::-1]
    together, start = list[Finding](), 0
    for line, of_line in zip(batch, alone * 2 + alone[::-1], strict=True):
        for finding in of_line:
            edits = tuple(edit._replace(start=edit.start + start, end=edit.end + start) for edit in finding.edits)
            together.append(finding._replace(start=finding.start + start, end=finding.end + start, edits=edits))
        start += len((line + ending).encode())
    assert len({finding.reason for finding in together}) > 10
    assert report(a__jsonl=ending.join(batch), b__py=program).findings == together
