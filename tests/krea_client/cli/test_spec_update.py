"""`krea-client spec update` and `spec status`, and the commands that know what was stored."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from krea_client.cli import commands, stored_document
from krea_client.cli.current_catalogue import forget_catalogue
from krea_client.sandbox import KreaSandbox

from .._spec.published import NEW, body, with_new_model
from ..client.document_server import DocumentServer

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _nothing_stored(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("KREA_CLIENT_DOCUMENT")
    monkeypatch.setattr("krea_client._transport.live_catalogue.LONGEST_WAIT", 60.0)  # a busy computer takes longer
    forget_catalogue()
    yield
    forget_catalogue()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[DocumentServer]:
    server = DocumentServer(json.dumps(with_new_model()).encode())
    monkeypatch.setenv("KREA_BASE_URL", server.url)
    yield server
    server.close()


def output(capsys: Capture, *words: str) -> tuple[int, str, str]:
    code = commands.run(list(words))
    return code, *capsys.readouterr()


def test_update_says_what_is_new_and_the_other_commands_know_it(server: DocumentServer, capsys: Capture) -> None:
    assert output(capsys, "models", "show", "krea-9")[0] == 2
    assert output(capsys, "spec", "update") == (0, "of " + day(capsys) + ": 1 new (image/krea/krea-9)\n", "")
    assert "'size' is" not in output(capsys, "models", "show", "krea-9")[1]
    assert "krea/krea-9" in output(capsys, "models", "list")[1]
    assert "1 new (image/krea/krea-9)" in output(capsys, "doctor", "--offline")[1]
    assert "imageUrls" in output(capsys, "aliases", "krea-9")[1]
    assert len(server.seen) == 2  # the one of day(), and the update


def day(capsys: Capture) -> str:
    text = output(capsys, "spec", "update", "--check", "--json")[1]
    day: str = json.loads(text)["day"]
    return day


def test_the_document_is_that_of_the_address_of_the_profile(
    server: DocumentServer, capsys: Capture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("KREA_BASE_URL")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "krea-client").mkdir()
    (tmp_path / "krea-client" / "config.toml").write_text(f'profile = "p"\n[profiles.p]\nbase_url = "{server.url}"\n')
    assert commands.run(["spec", "update"]) == 0
    assert "krea/krea-9" in capsys.readouterr().out
    monkeypatch.setenv("KREA_PROFILE", "nosuch")
    assert commands.run(["spec", "update"]) == 2
    assert "no profile 'nosuch'" in capsys.readouterr().err


def test_completion_knows_new_models_and_their_values(
    server: DocumentServer, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands.run(["spec", "update"])
    capsys.readouterr()
    line = "krea-client generate krea/krea-9 -i size="
    for name, value in {"COMP_LINE": line, "COMP_POINT": str(len(line)), "COMP_WORDBREAKS": " "}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("_KREA_CLIENT_COMPLETE", "bash_complete")
    commands.run([])
    assert "size=2k" in capsys.readouterr().out


def test_check_stores_nothing(server: DocumentServer, capsys: Capture) -> None:
    code, text, _ = output(capsys, "spec", "update", "--check", "--json")
    assert code == 1
    assert json.loads(text)["new"] == [NEW]
    assert "none;" in output(capsys, "spec", "status")[1]


def test_clear_brings_this_versions_own_description_back(server: DocumentServer, capsys: Capture) -> None:
    commands.run(["spec", "update"])
    assert json.loads(output(capsys, "spec", "status", "--json")[1].partition("\n")[2])["document"]["new"] == [NEW]
    assert output(capsys, "spec", "update", "--clear")[2] == "krea-client: deleted\n"
    assert output(capsys, "models", "show", "krea-9")[0] == 2
    assert output(capsys, "spec", "update", "--clear")[2] == "krea-client: nothing was stored\n"


def test_a_document_that_is_of_no_use_is_said_in_one_line(server: DocumentServer, capsys: Capture) -> None:
    commands.run(["spec", "update"])
    document = with_new_model()
    body(document, NEW)["properties"]["prompt"]["pattern"] = "(a+)+$"
    server.content, server.headers = json.dumps(document).encode(), {}
    capsys.readouterr()
    code, text, message = output(capsys, "spec", "update")
    assert (code, text) == (2, "")
    assert message.count("\n") == 1
    assert (
        "changes nothing: image/krea/krea-9.prompt: pattern must be a regular expression that is surely fast" in message
    )
    code, text, _ = output(capsys, "doctor", "--offline")
    assert "1 new" in text
    assert "not used: image/krea/krea-9.prompt" in text


def test_the_environment_asks_for_the_live_document(
    server: DocumentServer, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KREA_CLIENT_DOCUMENT", "live")
    assert output(capsys, "models", "show", "krea-9")[0] == 0
    server.status = 500
    assert output(capsys, "models", "show", "krea-9")[0] == 0
    assert len(server.seen) == 1


def test_a_file_of_the_environment_that_is_not_there_is_said(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KREA_CLIENT_DOCUMENT", "no.json")
    code, _, message = output(capsys, "models", "show", "z-image/z-image")
    assert code == 0
    assert message.startswith("krea-client: the API's document is not used: KREA_CLIENT_DOCUMENT: ")


def test_a_new_model_is_generated_by_the_api_and_by_the_practice_sandbox(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("KREA_API_TOKEN", "sandbox")
    words = ["generate", "krea/krea-9", "-p", "a fox", "-i", "size=1k", "-o", str(tmp_path) + "/"]
    with KreaSandbox(document=with_new_model(), time_scale=1_000) as box:
        monkeypatch.setenv("KREA_BASE_URL", box.url)
        commands.run(["spec", "update"])
        assert commands.run(words) == 0
        assert commands.run([*words, "--sandbox", "--overwrite"]) == 0
        assert len(box.jobs) == 1
    assert len(list(tmp_path.glob("*.png"))) == 1
    assert "3k" in output(capsys, *words[:5], "size=3k")[2]


def test_in_words() -> None:
    live = {"day": "2026-11-29", "new": [], "changed": list("abcdef"), "gone": ["x"]}
    assert stored_document.in_words(live) == "of 2026-11-29: 6 changed (a, b, c, d, e, ...), 1 no longer listed (x)"
