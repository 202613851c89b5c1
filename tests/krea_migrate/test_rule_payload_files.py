"""KREA108."""

from .looking import URL, said, written


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
