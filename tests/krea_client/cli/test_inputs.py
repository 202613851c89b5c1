"""What is typed at -p, -i and --json-body becomes the request that was meant, by the operation's own schema."""

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from krea_client._spec.catalogue import Operation
from krea_client.cli import inputs
from krea_client.cli.inputs import BadInput, InputLocation

SCHEMA: Mapping[str, Any] = {
    "properties": {
        "prompt": {"type": "string"},
        "ratio": {"$ref": "#/$defs/Ratio", "description": "width to height"},
        "steps": {"type": "integer"},
        "seed": {"type": "number"},
        "raw": {"type": "boolean"},
        "image": {"type": ["string", "null"]},
        "length": {"enum": [5, 10]},
        "either": {"anyOf": [{"type": "integer"}, {"type": "string"}]},
        "styles": {"type": "array", "items": {"type": "object"}},
        "camera": {"oneOf": [{"$ref": "#/$defs/Camera"}, {"type": "null"}]},
        "code": {"type": "string"},
        "frames": {"type": "array", "items": {"type": "string"}},
        "sizes": {"type": "array", "items": {"type": "integer"}},
    },
    "$defs": {"Ratio": {"type": "string", "enum": ["1:1", "16:9"]}, "Camera": {"type": "object"}},
}


@pytest.fixture
def operation() -> Operation:
    return Operation.from_entry(
        {
            "operation_id": "generate_toy",
            "method": "POST",
            "path": "/generate/image/toy/toy",
            "model": "image/toy/toy",
            "kind": "image",
            "paid": True,
            "webhook": True,
            "request_schema": SCHEMA,
            "aliases": [
                {"from": "stepCount", "to": "steps", "sunset_date": "2026-06-19"},
                {"from": "picture", "to": "image", "sunset_date": "2026-06-19"},
            ],
            "retired_fields": [],
            "typical_seconds": None,
            "media": ["image", "styles[].url", "frames[]", "camera.path"],
        }
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("steps=4", 4),
        ("stepCount=4", 4),
        ("seed=7", 7),
        ("seed=-0.5e1", -5.0),
        ("raw=true", True),
        ("raw=false", False),
        ("prompt=true", "true"),
        ("code=007", "007"),
        ("code=1e3", "1e3"),
        ("ratio=16:9", "16:9"),
        ("image=null", "null"),
        ("image:=null", None),
        ("image=https://example.com/a.png?x=1&y=:=2", "https://example.com/a.png?x=1&y=:=2"),
        ("length=10", 10),
        ("either=10", 10),
        ("either=ten", "ten"),
        ('styles=[{"id": "x", "strength": 1}]', [{"id": "x", "strength": 1}]),
        ('styles={"id": "x"}', [{"id": "x"}]),
        ("frames=https://example.com/a.png", ["https://example.com/a.png"]),
        ("sizes=3", [3]),
        ("sizes=[]", []),
        ("camera=null", None),
        ('camera={"zoom": 1}', {"zoom": 1}),
        ("unheard_of=12", "12"),
        ("unheard_of:=12", 12),
        ("prompt=", ""),
        ("prompt=a\nb", "a\nb"),
    ],
)
def test_a_value_takes_the_type_that_the_schema_gives_the_field(
    operation: Operation, field: str, value: object
) -> None:
    name, actual = inputs.one_field(operation, field)
    assert name == field.partition("=")[0].rstrip(":")
    assert actual == value
    assert type(actual) is type(value)


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("steps", "write field=value"),
        ("=4", "write field=value"),
        ("steps=four", "'four' is not a number"),
        ("steps=", "'' is not a number"),
        ("seed=NaN", "'NaN' is not a number"),
        ("seed=0x10", "is not a number"),
        ("raw=yes", "'yes' is not true or false"),
        ("styles=[1,", "the value must be JSON; at column 4"),
        ("prompt:=a", "the value must be JSON; at column 1"),
    ],
)
def test_a_value_of_another_type_is_refused_by_name(operation: Operation, field: str, message: str) -> None:
    with pytest.raises(BadInput, match=f"^-i .*{message}"):
        inputs.one_field(operation, field)


def test_a_long_value_is_not_shown_whole(operation: Operation) -> None:
    with pytest.raises(BadInput) as excinfo:
        inputs.one_field(operation, "steps=" + "x" * 10_000)
    assert len(str(excinfo.value)) < 100


def test_options_win_over_the_file_and_each_field_knows_its_place(operation: Operation, tmp_path: Path) -> None:
    file = tmp_path / "body.json"
    file.write_text('{\n "prompt": "from the file",\n "seed": 1,\n "raw": true\n}')
    body, places = inputs.gather(operation, "from the option", ["seed=2"], str(file))
    assert body == {"prompt": "from the option", "seed": 2, "raw": True}
    assert places == {
        "prompt": InputLocation("-p"),
        "seed": InputLocation("-i seed"),
        "raw": InputLocation(str(file), 4),
    }
    assert str(places["raw"]) == f"{file}:4"


def test_standard_input_is_a_file_too(operation: Operation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "sys.stdin", io.TextIOWrapper(io.BytesIO(b"\xef\xbb\xbf" + json.dumps({"prompt": "é"}).encode()))
    )
    body, places = inputs.gather(operation, None, [], "-")
    assert body == {"prompt": "é"}
    assert str(places["prompt"]) == "<stdin>:1"


@pytest.mark.parametrize(("prompt", "fields"), [("a", ["prompt=b"]), (None, ["seed=1", "seed=2"])])
def test_a_field_given_twice_on_the_command_line_is_refused(
    operation: Operation, prompt: str | None, fields: list[str]
) -> None:
    with pytest.raises(BadInput, match="given twice"):
        inputs.gather(operation, prompt, fields, None)


def test_files_that_cannot_be_used(operation: Operation, tmp_path: Path) -> None:
    invalid_file = tmp_path / "broken.json"
    invalid_file.write_text('{"prompt": }')
    latin = tmp_path / "latin.json"
    latin.write_bytes(b'{"prompt": "\xe9"}')
    for name, message in [
        (tmp_path / "absent.json", "cannot be read: No such file"),
        (tmp_path, "cannot be read: Is a directory"),
        (invalid_file, "broken.json:1:12: this is not JSON"),
        (latin, "is not UTF-8 text (byte 12)"),
    ]:
        with pytest.raises(BadInput) as excinfo:
            inputs.gather(operation, None, [], str(name))
        assert message in str(excinfo.value)


def test_a_list_is_given_one_item_at_a_time_or_whole(operation: Operation) -> None:
    typed = inputs.gather(
        operation, None, ["sizes=1", "sizes=[2, 3]", "sizes:=[4]", "frames=https://x.example/a"], None
    )
    assert typed.body == {"sizes": [1, 2, 3, 4], "frames": ["https://x.example/a"]}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("image=in.png", Path("in.png")),
        ("image=@in.png", Path("in.png")),
        ("picture=@in.png", Path("in.png")),
        ("frames=in.png", [Path("in.png")]),
        ('frames=["in.png", "https://x.example/a"]', [Path("in.png"), "https://x.example/a"]),
        ('styles={"url": "@in.png", "id": "in.png"}', [{"url": Path("in.png"), "id": "in.png"}]),
        ('camera:={"path": "in.png"}', {"path": Path("in.png")}),
        ("image=data:image/png;base64," + "A" * 5000, "data:image/png;base64," + "A" * 5000),
        ("image=out.png", "out.png"),
        ("prompt=in.png", "in.png"),
        ("prompt=@in.png", "@in.png"),
        ("image:=null", None),
        ("image:=7", 7),
    ],
)
def test_a_local_file_is_taken_where_media_is_and_nowhere_else(
    operation: Operation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, field: str, value: object
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in.png").write_bytes(b"x")
    assert inputs.one_field(operation, field)[1] == value


def test_what_follows_an_at_sign_must_be_there(operation: Operation) -> None:
    with pytest.raises(BadInput, match=r"^-i frames: there is no file lost\.png$"):
        inputs.one_field(operation, "frames=@lost.png")


def test_a_json_file_chooses_no_files_of_this_machine(
    operation: Operation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in.png").write_bytes(b"x")
    Path("body.json").write_text('{"image": "in.png", "frames": ["@in.png"]}')
    assert inputs.gather(operation, None, [], "body.json").body == {"image": "in.png", "frames": ["@in.png"]}
