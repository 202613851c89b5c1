"""What no reader follows is searched for names: it is reported, never passed over."""

from __future__ import annotations

from pathlib import Path

import pytest

from krea_client.cli import commands
from krea_migrate import engine, unread, walk
from krea_migrate.findings import Finding
from krea_migrate.limits import READING

from .looking import URL

NAMED_PLACES = {
    "send.ps1": f'$body.aspectRatio = 1\nInvoke-RestMethod -Uri "{URL}"\n',
    "Send.kt": f'class Body(val imageUrls: List<String>)\nclient.post("{URL}")\n',
    "Body.cs": f'[JsonPropertyName("aspectRatio")] // {URL}\n',
    "send.go": f'http.Post("{URL}", `{{"aspectRatio":"1:1"}}`)\n',
    "send.php": f"$c = curl_init('{URL}'); json_encode(['aspectRatio' => '1:1']);\n",
    "send.rb": f'Net::HTTP.post(URI("{URL}"), {{ aspectRatio: "1:1" }}.to_json)\n',
    "send.dart": f"post(Uri.parse('{URL}'), body: {{'aspectRatio': '1:1'}});\n",
    "send.rs": f'client.post("{URL}").json(&json!({{"aspectRatio": "1:1"}}))\n',
    "send.swift": f'let url = "{URL}"; let body = ["aspectRatio": "1:1"]\n',
    "Dockerfile": f'RUN curl {URL} -d \'{{"aspectRatio":"1:1"}}\'\n',
    "notes.txt": "Krea takes aspectRatio here.\n",
    "guide.rst": "Krea takes aspectRatio here.\n",
    "settings.toml": f'url = "{URL}"\naspectRatio = "1:1"\n',
    "page.unheardof": f"{URL} aspectRatio\n",
    "script": f"#!/usr/bin/fish\ncurl {URL} -d aspectRatio\n",
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(*paths: str) -> list[Finding]:
    return engine.check(paths or (".",)).findings


@pytest.mark.parametrize("name", NAMED_PLACES)
def test_a_language_that_is_not_read_is_named(name: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / name).write_text(NAMED_PLACES[name])
    assert commands.run(["check", "."]) == 2
    printed = capsys.readouterr()
    old = "imageUrls" if name == "Send.kt" else "aspectRatio"
    line = NAMED_PLACES[name][: NAMED_PLACES[name].index(old)].count("\n") + 1
    assert printed.out.startswith(f"{name}:{line}:")
    assert old in printed.out
    assert printed.err.splitlines()[-1].endswith("; 1 file was not read")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("notes.txt", b"Nothing about pictures: aspectRatio is a word of another tool.\n"),
        ("notes.txt", b"Krea, and no name of a field\n"),
        ("notes.txt", b"darkreader, breakreason, kreativ, kreatin: imageUrl, aspectRatio\n"),
        ("notes.txt", b"Krea: myaspectRatio, aspectRatios, image_url\n"),
        ("picture.png", b"Krea aspectRatio"),
        ("data.unheardof", b"\0\0\0Krea aspectRatio"),
    ],
)
def test_what_does_not_name_both_is_silent(name: str, data: bytes, here: Path) -> None:
    (here / name).write_bytes(data)
    assert check() == []
    assert commands.run(["check", "."]) == 0


@pytest.mark.parametrize(
    "data", [b"https://api.krea.ai/x", b"useKreaClient()", b'"\\nkrea"', b"KREA_API_TOKEN", b"krea_api"]
)
def test_words_that_name_krea(data: bytes) -> None:
    assert walk.speaks(data)


@pytest.mark.parametrize("data", [b"darkreader", b"DARKREADER", b"breakreason", b"kreatives", b"Kreativ"])
def test_words_that_only_hold_its_letters(data: bytes) -> None:
    assert not walk.speaks(data)


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("#!/usr/bin/env python3", "python"),
        ("#!/usr/bin/python3.12 -u", "python"),
        ("#!/usr/bin/env -S uv run --script", "python"),
        ("#!/usr/bin/env -S NODE_ENV=x node", "script"),
        ("#! /bin/sh", "shell"),
        ("#!/bin/bash -e", "shell"),
        ("#!/usr/bin/pwsh", walk.UNREAD),
        ("#!/usr/bin/fish", walk.UNREAD),
        ("print('#!python')", walk.UNREAD),
        ("#!", walk.UNREAD),
    ],
)
def test_the_first_line_decides_where_the_name_has_no_suffix(line: str, language: str) -> None:
    assert walk.language_of("tool", line.encode() + b"\n") == language
    assert walk.language_of("tool.txt", line.encode() + b"\n") == walk.UNREAD


def test_a_program_without_a_suffix_is_read_in_a_folder(here: Path) -> None:
    (here / "tool").write_text(
        f'#!/usr/bin/env python3\nimport requests\nrequests.post("{URL}", json={{"prompt": "a fox", "aspectRatio": "1:1"}})\n'
    )
    (here / "post").write_text(f'#!/bin/sh\ncurl {URL} -d \'{{"prompt": "a fox", "aspectRatio": "1:1"}}\'\n')
    assert [(finding.file, finding.certainty) for finding in check()] == [("post", "certain"), ("tool", "certain")]


def test_text_of_windows_is_searched_too(here: Path) -> None:
    (here / "send.ps1").write_bytes(NAMED_PLACES["send.ps1"].encode("utf-16"))
    (here / "body.json").write_bytes(f'{{"url": "{URL}", "body": {{"aspectRatio": 1}}}}'.encode("utf-16"))
    assert [(finding.file, finding.old) for finding in check()] == [
        ("body.json", "aspectRatio"),
        ("send.ps1", "aspectRatio"),
    ]


def test_marks_and_settings_silence_it(here: Path) -> None:
    (here / "send.kt").write_text(f'client.post("{URL}", "aspectRatio") // krea: ignore\n')
    assert check() == []
    (here / "send.kt").write_text(f'client.post("{URL}", "aspectRatio")\n')
    (here / "pyproject.toml").write_text('[tool.krea-client.migrate]\nignore = ["KREA401"]\n')
    assert commands.run(["check", "."]) == 0


def test_places_of_one_name_are_counted_beyond_some(here: Path) -> None:
    (here / "send.kt").write_text(f"{URL}\n" + "aspectRatio\n" * 50)
    unread_findings = check()
    assert len(unread_findings) == unread.PLACES
    assert "(30 more below)" in unread_findings[-1].reason


@pytest.mark.parametrize("name", ["large.json", "large.txt"])
def test_a_file_over_the_limit_is_searched_but_not_loaded(name: str, here: Path) -> None:
    filler = b"x" * 1023 + b"\n"
    with (here / name).open("wb") as file:
        file.write(b'{"krea": "' + filler * (READING.bytes.value // 1024 + 1))
        file.write(b'aspectRatio"}\n')
    assert list(engine.check(["."]).problems) == [name]
    line = READING.bytes.value // 1024 + 2
    assert engine.check(["."]).problems[name].endswith(f"it names Krea, and 'aspectRatio' in line {line}")
    with (here / name).open("wb") as file:
        file.write(b'{"krea": "' + filler * (READING.bytes.value // 1024 + 1))
    assert engine.check(["."]).problems == {}
