"""`krea-client models` and `aliases`: what the table knows, in order, and example calls that work as they stand."""

import json
import os
import re
import shlex
import warnings
from datetime import date
from pathlib import Path
from typing import Any, Self

import httpx
import pytest

from krea_client import Krea, KreaDeprecationWarning
from krea_client._spec import schema_fields
from krea_client._spec.catalogue import Catalogue, Operation, catalogue
from krea_client.cli import (
    clients,
    commands,
    example_calls,
    price_text,
    text_layout,
)
from krea_client.cli.commands import aliases, models
from krea_client.sandbox import Sandbox

SERVER = catalogue().index["servers"]
MODELS = sorted(catalogue().models)
USD = {"currency": "USD", "read": "2026-09", "per": "request"}


def made_up(name: str, **more: Any) -> dict[str, Any]:
    kind, vendor, _ = name.split("/")
    entry = {
        "operation_id": name.replace("/", "_"),
        "method": "POST",
        "path": f"/generate/{name}",
        "kind": kind,
        "vendor": vendor,
        "model": name,
        "summary": f"About {name}.",
        "docs_url": None,
        "request_class": "MadeUpRequest",
        "paid": True,
        "webhook": False,
        "deprecated": False,
        "captured": "2026-10-09",
        "request_schema": {"type": "object", "properties": {"prompt": {"type": "string"}}},
        "examples": [{"prompt": "x"}],
        "rules": [],
        "aliases": [],
        "retired_fields": [],
        "pricing": None,
        "price": None,
        "typical_seconds": None,
    }
    return entry | more


def catalogue_of(*entries: dict[str, Any]) -> tuple[Catalogue, list[str]]:
    """Return a catalogue of made-up models, and the list of its files that were read."""
    index = {"operations": {row["operation_id"]: row for row in entries}, "gone_models": [], "servers": SERVER}
    files = {"index.json": index} | {f"{row['operation_id']}.json": row for row in entries}
    read_files: list[str] = []

    def read(name: str) -> bytes:
        read_files.append(name)
        return json.dumps(files[name]).encode()

    return Catalogue(read), read_files


def test_the_list_reads_the_index_alone(capsys: pytest.CaptureFixture[str]) -> None:
    cheap = made_up("video/kling/kling-3.0", price={"amount": 0.07, "per": "second", "from": True}, typical_seconds=185)
    old = made_up("image/kling/old", deprecated=True, typical_seconds=7.5)
    small_catalogue, read_files = catalogue_of(cheap, old)
    assert models.run_list(None, None, as_json=False, models_catalogue=small_catalogue) == 0
    assert read_files == ["index.json"]
    assert [re.split(r" {2,}", line) for line in capsys.readouterr().out.splitlines()] == [
        ["MODEL", "KIND", "USD", "USUALLY", "WHAT FOR"],
        ["kling/old", "image", "-", "7.5 s", "(deprecated) About image/kling/old."],
        ["kling/kling-3.0", "video", "from 0.07/s", "3 min", "About video/kling/kling-3.0."],
    ]


def test_the_list_is_narrowed_and_a_model_of_two_kinds_has_its_long_name(capsys: pytest.CaptureFixture[str]) -> None:
    small_catalogue, _ = catalogue_of(made_up("image/a/x"), made_up("video/a/x"), made_up("image/b/y"))
    listed: dict[tuple[str | None, str | None], list[str]] = {}
    for kind, vendor in [(None, None), ("image", None), (None, "a"), ("video", "b")]:
        assert models.run_list(kind, vendor, as_json=True, models_catalogue=small_catalogue) == 0
        listed[kind, vendor] = [row["model"] for row in json.loads(capsys.readouterr().out)]
    assert listed == {
        (None, None): ["image/a/x", "b/y", "video/a/x"],
        ("image", None): ["image/a/x", "b/y"],
        (None, "a"): ["image/a/x", "video/a/x"],
        ("video", "b"): [],
    }
    assert models.run_list("vidoe", None, as_json=False, models_catalogue=small_catalogue) == 2
    assert capsys.readouterr().err == "krea-client: --kind vidoe: there is no model of it; there are image, video\n"


@pytest.mark.parametrize("model", MODELS)
def test_show_tells_every_field_name_price_and_date(model: str, capsys: pytest.CaptureFixture[str]) -> None:
    operation = catalogue().of_model(model)
    assert models.run_show(model, as_json=False) == 0
    stdout = capsys.readouterr().out
    pricing = operation.details["pricing"] or {"read": "none is published"}
    for text in (*operation.fields, *operation.aliases, *operation.retired, pricing["read"], operation.path):
        assert text in stdout
    assert max(map(len, stdout.partition("In Python")[0].splitlines())) <= text_layout.PIPE
    assert models.run_show(model, as_json=True) == 0
    document = json.loads(capsys.readouterr().out)
    assert document.pop("examples") == example_calls.for_operation(operation, SERVER)._asdict()
    assert document.pop("model") in {row["model"] for row in models.rows(catalogue())}  # one spelling in every command
    assert document.items() <= operation.details.items()


class WithoutPainting(httpx.BaseTransport):
    """A sandbox whose results are the smallest files: what it paints takes a tenth of a second, and is looked at elsewhere."""

    def __init__(self, box: Sandbox) -> None:
        self._api = box.transport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.host == httpx.URL(SERVER).host:
            return self._api.handle_request(request)
        return httpx.Response(200, headers={"content-type": "image/gif"}, content=b"GIF89a" + bytes(7) + b";")


@pytest.mark.parametrize("model", MODELS)
def test_the_python_example_runs(model: str, box: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    operation = catalogue().of_model(model)
    source = example_calls.for_operation(operation, SERVER).python
    runnable = source.replace("Krea()", "Krea('sandbox', transport=THRIFTY, clock=CLOCK)")
    assert runnable != source
    with warnings.catch_warnings(record=True) as raised:
        warnings.simplefilter("always")
        exec(compile(runnable, "example.py", "exec"), {"THRIFTY": WithoutPainting(box), "CLOCK": box.clock})
    assert [warning.category for warning in raised] == [KreaDeprecationWarning] * operation.details["deprecated"]
    assert last_body(box) == operation.details["examples"][0]
    assert list((tmp_path / "results").iterdir())


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.filterwarnings("default::krea_client.KreaDeprecationWarning")  # as a user of the command has it
def test_the_shell_example_runs(
    model: str, box: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    thrifty = WithoutPainting(box)
    monkeypatch.setattr(clients, "api_client", lambda *_, **__: Krea("sandbox", transport=thrifty, clock=box.clock))
    operation = catalogue().of_model(model)
    program, *arguments = words(example_calls.for_operation(operation, SERVER).shell)
    assert program == "krea-client"
    assert commands.run(arguments) == 0
    assert ("is deprecated" in capsys.readouterr().err) is operation.details["deprecated"]
    assert last_body(box) == operation.details["examples"][0]
    assert list((tmp_path / "results").iterdir())


@pytest.mark.parametrize("model", MODELS)
def test_the_curl_example_is_the_same_request(model: str, box: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KREA_API_TOKEN", "sandbox")
    operation = catalogue().of_model(model)
    program, fail, url, *options = map(os.path.expandvars, words(example_calls.for_operation(operation, SERVER).curl))
    assert (program, fail, url) == ("curl", "--fail-with-body", SERVER + operation.path)
    assert options[::2] == ["-H", "-H", "-d"]
    authorization, kind, body = options[1::2]
    headers = dict(header.split(": ") for header in (authorization, kind))
    with httpx.Client(transport=box.transport()) as client:
        assert client.post(url, headers=headers, content=body).status_code == 200
    assert last_body(box) == operation.details["examples"][0]


def words(command: str) -> list[str]:
    return shlex.split(command.replace("\\\n", ""))


def last_body(box: Sandbox) -> Any:
    [body] = [json.loads(request.body) for request in box.requests if request.method == "POST"]
    return body


@pytest.mark.parametrize(
    "body",
    [
        {"prompt": 'it\'s "quoted" \\ $HOME `x`\nline', "n": 1.5, "on": True, "list": [{"a": "'"}], "text": "12"},
        {"class": 1, "a-b": None},
    ],
)
def test_awkward_values_survive_all_three_ways(body: dict[str, Any]) -> None:
    fields: dict[str, Any] = {
        "n": {"type": "number"},
        "on": {"type": "boolean"},
        "text": {"type": ["number", "string"]},
    }
    schema = {"type": "object", "properties": {name: fields.get(name, {}) for name in body}}
    operation = Operation.from_entry(made_up("image/a/x", request_schema=schema, examples=[body]))
    examples = example_calls.for_operation(operation, SERVER)
    bodies: list[Any] = []

    class Recorder:
        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None: ...

        def run(self, model: str, mapping: Any = None, **fields: Any) -> None:
            bodies.append(mapping or fields)

        def save(self, *_: object) -> None: ...

    exec(examples.python.replace("from krea_client import Krea", ""), {"Krea": Recorder})
    assert bodies == [body]
    assert json.loads(words(examples.curl)[-1]) == body
    from krea_client.cli import inputs

    options = words(examples.shell)[3:-2]
    values = dict(zip(options[1::2], options[::2], strict=True))
    prompt = next((value for value, option in values.items() if option == "-p"), None)
    inputs_arguments = [value for value, option in values.items() if option == "-i"]
    assert inputs.gather(operation, prompt, inputs_arguments, None).body == body


def test_fields_in_words() -> None:
    schema = {
        "required": ["ratio"],
        "$defs": {
            "Ratio": {"enum": ["1:1", "auto", 3, None]},
            "Point": {"type": "object", "properties": {"x": {"type": "number"}}},
        },
        "properties": {
            "ratio": {"$ref": "#/$defs/Ratio", "description": "Width to height.", "default": "1:1"},
            "only": {"enum": ["1K"]},
            "count": {"type": "integer", "minimum": 1},
            "strength": {"type": ["number", "null"], "exclusiveMinimum": 0, "maximum": 2},
            "name": {"type": "string", "maxLength": 1},
            "when": {"type": "string", "format": "date-time"},
            "picture": {"type": "string", "format": "uri", "x-krea-media": True},
            "points": {"type": "array", "maxItems": 3, "items": {"$ref": "#/$defs/Point"}},
            "words": {"type": "array", "items": {"type": "string", "minLength": 2}},
            "either": {"anyOf": [{"type": "boolean"}, {"type": "array", "items": {"type": "number"}}]},
            "audio": {
                "type": "boolean",
                "x-krea-applies-when": {"mode": "pro"},
                "x-krea-options-by": {"field": "mode", "options": {"std": [False]}},
            },
        },
    }
    rows = schema_fields.fields(schema)
    assert {row.path: row.kind for row in rows} == {
        "ratio": "one of 1:1, auto, 3, null",
        "only": "1K",
        "count": "whole number, at least 1",
        "strength": "number or null, up to 2, more than 0",
        "name": "text, up to 1 character",
        "when": "text (date-time)",
        "picture": "media URL",
        "points": "list of objects, up to 3 items",
        "points[].x": "number",
        "words": "list: text, at least 2 characters",
        "either": "true or false or list of numbers",
        "audio": "true or false",
    }
    assert [row.path for row in rows if row.required] == ["ratio"]
    assert (rows[0].default, rows[0].about) == ("1:1", "Width to height.")
    assert rows[-1].limits == ("Does nothing unless mode is pro.", "With mode std: false.")


@pytest.mark.parametrize(
    ("pricing", "lines"),
    [
        (None, ["none is published"]),
        ({**USD, "amount": 0.003}, ["0.003 USD per request (read 2026-09)"]),
        (
            {**USD, "table": [{"when": {"mode": "pro", "audio": True}, "amount": 1, "per": "second"}, {"amount": 0.5}]},
            ["1 USD per second with mode pro, audio on (read 2026-09)", "0.5 USD per request with anything else"],
        ),
        (
            {**USD, "table": [{"when": {"image": {"given": False}}, "amount": 2}]},
            ["2 USD per request with image left out (read 2026-09)"],
        ),
        ({**USD, "least": 0.1, "note": "by size"}, ["from 0.1 USD per request (read 2026-09)", "by size"]),
        ({**USD, "least": 0.1, "most": 2, "note": "x"}, ["0.1 to 2 USD per request (read 2026-09)", "x"]),
    ],
)
def test_prices_come_with_their_date(pricing: dict[str, Any] | None, lines: list[str]) -> None:
    assert price_text.in_full(pricing) == lines


def test_aliases_tell_what_became_of_their_targets(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{"from": "p", "to": "prompt", "sunset_date": "2026-06-19"}]
    rows.append({"from": "endVideo", "to": "end_video", "sunset_date": "2026-06-19"})
    retired = [{"name": "end_video", "use": "end_image", "last_seen": "2026-05-25", "gone_by": "2026-10-09"}]
    small_catalogue, _ = catalogue_of(made_up("video/a/x", aliases=rows, retired_fields=retired), made_up("image/b/y"))
    assert aliases.run_aliases(None, as_json=False, models_catalogue=small_catalogue, today=date(2026, 6, 18)) == 0
    assert [re.split(r" {2,}", line) for line in capsys.readouterr().out.splitlines()] == [
        ["a/x"],
        ["", "p", "prompt", "accepted until 2026-06-19", "translated"],
        ["", "endVideo", "end_video", "accepted until 2026-06-19", "refused: the field was retired by 2026-10-09; use"],
        ["", "end_image"],
    ]
    assert aliases.run_aliases("a/x", as_json=True, models_catalogue=small_catalogue, today=date(2026, 6, 19)) == 0
    alive, retired_row = json.loads(capsys.readouterr().out)
    assert (alive["accepted"], alive["target"], "use" in alive) == (False, "alive", False)
    assert (retired_row["target"], retired_row["last_seen"], retired_row["gone_by"], retired_row["use"]) == (
        "gone",
        "2026-05-25",
        "2026-10-09",
        "end_image",
    )
    assert aliases.run_aliases("b/y", as_json=False, models_catalogue=small_catalogue) == 0
    assert capsys.readouterr() == ("", "krea-client: b/y has no deprecated field names\n")
