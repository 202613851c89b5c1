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
FOREIGN_CASES = [case for case in CASES if case.stem not in OWN]


def renamed(text: str) -> str:
    text = _NAMES.sub(lambda match: FIELDS[match[0]], text)
    return _TEXT.sub(lambda match: WORDS.get(match[0], "conjure"), text)


def invented() -> profile.Profile:
    """Return the profile of an API that has the operations of Krea under other names."""
    krea = profile.active()

    def operations() -> list[Operation]:
        return [
            replace(
                operation,
                path=renamed(operation.path),
                schema=_renamed_schema(operation),
                aliases={
                    FIELDS[old]: alias._replace(old=FIELDS[old], new=FIELDS[alias.new])
                    for old, alias in operation.aliases.items()
                },
                retired={
                    FIELDS.get(name, name): row._replace(name=FIELDS.get(name, name))
                    for name, row in operation.retired.items()
                },
            )
            for operation in krea.operations()
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
        other_paths=krea.other_paths,
        operations=operations,
        paths=lambda: [renamed(path) for path in krea.paths()],
    )


def _renamed_schema(operation: Operation) -> dict[str, object] | None:
    if operation.schema is None:
        return None
    properties = {FIELDS.get(name, name): schema for name, schema in operation.schema.get("properties", {}).items()}
    required = [FIELDS.get(name, name) for name in operation.schema.get("required", ())]
    return {**operation.schema, "properties": properties, "required": required}


@pytest.mark.parametrize("case", FOREIGN_CASES, ids=lambda case: case.stem)
def test_the_labelled_set_of_another_api(case: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    unmarked_files = {renamed(name): unmarked(renamed(text)) for name, text in files_of(case).items()}
    with profile.using(invented()):
        report = analysed({name: data for name, (data, _) in unmarked_files.items()}, monkeypatch, tmp_path)
        deprecated = set(names.table().old)
    ratings = {}
    for finding in report.findings:
        if (
            finding.old in deprecated and finding.rule != "KREA204"
        ):  # where media stands in a body is told under the first names
            place = unmarked_files[finding.file][0].index(finding.old.encode(), finding.start)
            ratings[finding.file, place] = (finding.certainty, finding.old)
    expected = {(name, place): label for name, (_, labels) in unmarked_files.items() for place, label in labels.items()}
    assert ratings == expected


def test_the_same_programs_say_nothing_to_the_first_api(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (case,) = [case for case in CASES if case.stem == "scripts_clients"]
    files = {renamed(name): unmarked(renamed(text))[0] for name, text in files_of(case).items()}
    assert analysed(files, monkeypatch, tmp_path).findings == []


def test_messages_name_the_api_of_the_profile(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with profile.using(invented()):
        for case in FOREIGN_CASES:
            unmarked_files = {renamed(name): unmarked(renamed(text)) for name, text in files_of(case).items()}
            report = analysed(
                {name: data for name, (data, _) in unmarked_files.items()}, monkeypatch, tmp_path / case.stem
            )
            assert [
                finding.reason for finding in report.findings if re.search("krea", finding.reason, re.IGNORECASE)
            ] == []


def test_what_was_looked_for_in_one_api_is_not_kept_for_another() -> None:
    with profile.using(invented()):
        assert unread.deprecated().search(b"qAspectRatio")
    assert not unread.deprecated().search(b"qAspectRatio")
    assert unread.deprecated().search(b"aspectRatio")
