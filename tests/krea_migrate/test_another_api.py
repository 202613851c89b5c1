"""The engine knows no API: an invented one, with names of its own for everything, gives the same results for the same programs."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from krea_client.codemod_profile import Operation
from krea_migrate import names, profile, unread
from tests.krea_migrate.test_labelled import CASES, analysed, files_of, unmarked

# Nothing of the one API is left in the programs of the other: word, host, paths and every deprecated name with its new one.
WORDS = {"krea.ai": "quux.test", "krea": "quux", "Krea": "Quux", "KREA": "QUUX", "/generate/": "/conjure/"}
FIELDS = {
    name: renamed
    for table in [names.table()]
    for old, news in table.old.items()
    for name, renamed in [(old, f"q{old[0].upper()}{old[1:]}"), *((new, f"q_{new}") for new in news)]
}
_TEXT = re.compile("|".join(map(re.escape, WORDS)) + r"|(?<=/)generate\b|\bgenerate(?=/)|(?<=')generate(?=')")
_NAMES = re.compile(
    r"(?<![A-Za-z0-9_])(?:"
    + "|".join(sorted(map(re.escape, FIELDS), key=len, reverse=True))
    + r")(?![A-Za-z0-9_]|\.json)"
)
# Krea's own command line, own client and what says a name in another spelling belong to the API; these programs use them.
OWN = {"examples", "payloads", "python_flow", "shell", "shell_files"}
CHOSEN = [case for case in CASES if case.stem not in OWN]


def renamed(text: str) -> str:
    text = _NAMES.sub(lambda found: FIELDS[found[0]], text)
    return _TEXT.sub(lambda found: WORDS.get(found[0], "conjure"), text)


def invented() -> profile.Profile:
    """The profile of an API that has the operations of Krea under other names."""
    krea = profile.active()

    def operations() -> list[Operation]:
        return [
            replace(
                one,
                path=renamed(one.path),
                schema=_renamed_schema(one),
                aliases={
                    FIELDS[old]: alias._replace(old=FIELDS[old], new=FIELDS[alias.new])
                    for old, alias in one.aliases.items()
                },
                retired={
                    FIELDS.get(name, name): row._replace(name=FIELDS.get(name, name))
                    for name, row in one.retired.items()
                },
            )
            for one in krea.operations()
        ]

    return replace(
        krea,
        title="Quux",
        word="quux",
        domain="quux.test",
        host="api.quux.test",
        prefix="/conjure/",
        own_clients=(),
        own_command=("quux", "conjure"),
        map_input={"": "map its deprecated names"},
        common_names=frozenset(FIELDS[name] for name in krea.common_names),
        operations=operations,
        paths=lambda: [renamed(path) for path in krea.paths()],
    )


def _renamed_schema(one: Operation) -> dict[str, object] | None:
    if one.schema is None:
        return None
    properties = {FIELDS.get(name, name): schema for name, schema in one.schema.get("properties", {}).items()}
    required = [FIELDS.get(name, name) for name in one.schema.get("required", ())]
    return {**one.schema, "properties": properties, "required": required}


@pytest.mark.parametrize("case", CHOSEN, ids=lambda case: case.stem)
def test_the_labelled_set_of_another_api(case: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    marked = {renamed(name): unmarked(renamed(text)) for name, text in files_of(case).items()}
    with profile.using(invented()):
        report = analysed({name: data for name, (data, _) in marked.items()}, monkeypatch, tmp_path)
        deprecated = set(names.table().old)
    found = {}
    for one in report.findings:
        if (
            one.old in deprecated and one.rule != "KREA204"
        ):  # where media stands in a body is told under the first names
            place = marked[one.file][0].index(one.old.encode(), one.start)
            found[one.file, place] = (one.certainty, one.old)
    wanted = {(name, place): label for name, (_, labels) in marked.items() for place, label in labels.items()}
    assert found == wanted


def test_the_same_programs_say_nothing_to_the_first_api(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (case,) = [case for case in CASES if case.stem == "scripts_clients"]
    files = {renamed(name): unmarked(renamed(text))[0] for name, text in files_of(case).items()}
    assert analysed(files, monkeypatch, tmp_path).findings == []


def test_messages_name_the_api_of_the_profile(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with profile.using(invented()):
        for case in CHOSEN:
            marked = {renamed(name): unmarked(renamed(text)) for name, text in files_of(case).items()}
            report = analysed({name: data for name, (data, _) in marked.items()}, monkeypatch, tmp_path / case.stem)
            assert [one.reason for one in report.findings if re.search("krea", one.reason, re.IGNORECASE)] == []


def test_what_was_looked_for_in_one_api_is_not_kept_for_another() -> None:
    with profile.using(invented()):
        assert unread.deprecated().search(b"qAspectRatio")
    assert not unread.deprecated().search(b"qAspectRatio")
    assert unread.deprecated().search(b"aspectRatio")
