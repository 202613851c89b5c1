"""`krea-client translate`: deprecated names are renamed in the text, and nothing else about the text changes."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from krea_client import aliases
from krea_client._spec.catalogue import Operation, catalogue
from krea_client.cli.commands.translate import Untranslatable, run_translate, translated
from krea_client.errors import AliasConflict

Z_IMAGE = catalogue().operation("generate_z_image")

# A model whose names cross: one deprecated name for two fields' worth of trouble, one that leads nowhere, one that is near a new one.
MADE_UP = Operation.from_entry(
    {
        "operation_id": "generate_made_up",
        "method": "POST",
        "path": "/generate/video/maker/made-up",
        "model": "video/maker/made-up",
        "kind": "video",
        "paid": True,
        "webhook": True,
        "request_schema": {"type": "object", "properties": {"prompt": {}, "image": {}, "steps": {}}},
        "aliases": [
            {"from": old, "to": new, "sunset_date": "2026-06-19"}
            for old, new in {
                "imageUrl": "image",
                "image_url": "image",
                "numSteps": "steps",
                "endVideo": "end_video",
            }.items()
        ],
        "retired_fields": [{"name": "end_video", "last_seen": "2026-05-25", "gone_by": "2026-10-09"}],
        "typical_seconds": None,
    }
)


def test_only_the_names_change() -> None:
    text = '\n{ "aspectRatio" :"1:1",\r\n\t"seed": 1.50e2, "prompt": "\\u00e9 aspectRatio",\n  "imageUrl"\n: null }\n\n'
    translation = translated(Z_IMAGE, text)
    assert translation.text == text.replace('"aspectRatio"', '"aspect_ratio"').replace('"imageUrl"', '"image_url"')
    assert [(rename.line, rename.rename.old, rename.rename.new) for rename in translation.renames] == [
        (2, "aspectRatio", "aspect_ratio"),
        (4, "imageUrl", "image_url"),
    ]


def test_a_key_inside_a_value_is_not_a_field() -> None:
    text = '{"prompt": "x", "styles": [{"aspectRatio": 1}]}'
    assert translated(Z_IMAGE, text) == (text, [])


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ('{"image": 1, "imageUrl": 1.0, "prompt": 2}', '{"image": 1, "prompt": 2}'),
        ('{"imageUrl": 1 , "image_url" : 1,\n"image": 1}', '{"image": 1}'),
        ('{"prompt": 2,\n "imageUrl": [1],\n "image": [1]\n}', '{"prompt": 2,\n "image": [1]\n}'),
        ('{"\\u0069mageUrl": 0}', '{"image": 0}'),
    ],
)
def test_two_names_for_the_same_value_become_one(text: str, new: str) -> None:
    assert translated(MADE_UP, text).text == new


def test_objects_that_follow_each_other_keep_their_lines() -> None:
    text = '{"numSteps": 1}\n{"steps": 2}\n\n{"prompt": "x",\n"numSteps": 3}{"numSteps": 4}'
    translation = translated(MADE_UP, text)
    assert translation.text == text.replace("numSteps", "steps")
    assert [rename.line for rename in translation.renames] == [1, 5, 5]


def test_everything_that_has_no_translation_is_told_with_its_line() -> None:
    text = '{"prompt": 1,\n"endVideo": 1}\n{"image": 1,\n"imageUrl": 2}\n{"numSteps": 3}'
    with pytest.raises(Untranslatable) as excinfo:
        translated(MADE_UP, text)
    unusable_line, conflict = excinfo.value.lines
    assert unusable_line.startswith("2: endVideo is a deprecated name of 'end_video', which the model no longer has")
    assert "gone by 2026-10-09" in unusable_line
    assert conflict.startswith("4: imageUrl is a deprecated name of 'image'")


names = st.sampled_from(["prompt", "image", "imageUrl", "image_url", "steps", "numSteps", "other", 'q"\\'])
bodies = st.dictionaries(names, st.sampled_from([None, 1, "a", [1, {"imageUrl": 2}]]), max_size=6)


@given(st.lists(bodies, min_size=1, max_size=3), st.sampled_from([None, 0, 3]))
def test_the_text_says_what_the_translated_bodies_say(bodies: list[dict[str, Any]], indent: int | None) -> None:
    text = "\n".join(json.dumps(body, indent=indent) for body in bodies)
    try:
        expected = [aliases.translate(MADE_UP, body)[0] for body in bodies]
    except AliasConflict:
        with pytest.raises(Untranslatable):
            translated(MADE_UP, text)
        return
    translation = translated(MADE_UP, text)
    decoder, at, decoded = json.JSONDecoder(), 0, []
    while at < len(translation.text):
        body, at = decoder.raw_decode(translation.text, at)
        decoded.append(list(body.items()))
        at += 1
    assert decoded == [list(body.items()) for body in expected]
    assert translated(MADE_UP, translation.text) == (translation.text, [])


def test_a_file_comes_out_as_bytes_and_renames_are_told(tmp_path: Path, capfdbinary: Any) -> None:
    file = tmp_path / "queue.jsonl"
    file.write_bytes('\ufeff{"prompt": "é"}\r\n{"aspectRatio": "1:1"}\r\n'.encode())
    assert run_translate("z-image/z-image", str(file)) == 0
    out, err = capfdbinary.readouterr()
    assert out == '{"prompt": "é"}\r\n{"aspect_ratio": "1:1"}\r\n'.encode()
    assert err.decode().startswith(f"{file}:2: 'aspectRatio' is now 'aspect_ratio'")


def test_the_report_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "body.json"
    file.write_text('{"aspectRatio": "1:1"}')
    assert run_translate("z-image/z-image", str(file), as_json=True) == 0
    out, err = capsys.readouterr()
    assert json.loads(out) == {"aspect_ratio": "1:1"}
    assert json.loads(err) == [
        {
            "file": str(file),
            "line": 1,
            "model": "z-image/z-image",
            "old": "aspectRatio",
            "new": "aspect_ratio",
            "accepted_until": "2026-06-19",
        }
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", ":1:1: this is not JSON"),
        ('{"a": 1}\n[2]', ":2: the request must be a JSON object {...}, this is an array"),
        ('{"a": 1} x', ":1:10: this is not JSON"),
        ('{"a": 1}\n{"b": 1, "b": 2}', ":2: 'b' is given twice, first in line 2"),
        (
            '{"aspectRatio": "1:1",\n"aspect_ratio": "4:3"}',
            "nothing was translated\n  {file}:1: aspectRatio is a deprecated",
        ),
    ],
)
def test_what_cannot_be_translated_leaves_no_output(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, message: str
) -> None:
    file = tmp_path / "body.json"
    file.write_text(text)
    assert run_translate("z-image/z-image", str(file)) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert message.replace("{file}", str(file)) in err


def test_an_unknown_model_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_translate("xyzzy", "-") == 2
    message = "krea-client: 'xyzzy' is not a model that this version knows: krea-client models list has them all\n"
    assert capsys.readouterr() == ("", message)
