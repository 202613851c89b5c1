"""Parquet as the input of a bulk run: rows as they are typed, in bounded memory, and from any row on."""

import json
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from krea_client import Krea
from krea_client.bulk.input_files import open_input
from krea_client.bulk.journal import Checkpoint
from krea_client.sandbox import Sandbox

pyarrow = pytest.importorskip("pyarrow", reason="needs the extra `parquet`")
MANY = """
import resource, sys
from krea_client.bulk.input_files import open_input
source = open_input(sys.argv[1])
next(source.lines())
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
count = sum(1 for _ in source.lines())
print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def write(path: Path, rows: int, group: int = 1_000) -> Path:
    from pyarrow import parquet

    table = pyarrow.table(
        {
            "custom_id": pyarrow.array(range(rows), pyarrow.int32()),
            "model": ["z-image/z-image"] * rows,
            "prompt": [f"a cat, number {number}, " + "x" * 200 for number in range(rows)],
            "aspect_ratio": ["1:1"] * rows,
            "resolution": ["1K"] * rows,
            "seed": [None if number % 2 else number for number in range(rows)],
        }
    )
    parquet.write_table(table, path, row_group_size=group, compression="none")
    return path


def test_a_run_of_a_parquet_file(tmp_path: Path) -> None:
    source, box = write(tmp_path / "prompts.parquet", 4), Sandbox(time_scale=0)
    with Krea("token", transport=box.transport(), clock=box.clock) as krea:
        for item in krea.bulk.iterate(source, tmp_path / "out", at_once=1):
            assert item.key == "0"
            break
        assert krea.bulk.run(source, tmp_path / "out").saved == 4
    assert [row.fields.get("seed") for row in box.ledger] == [0, None, 2, None]


def body_of(path: Path, **columns: Any) -> Any:
    from pyarrow import parquet

    parquet.write_table(pyarrow.table(columns), path / "input.parquet")
    (line,) = open_input(path / "input.parquet").lines()
    return line.problem or line.body


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ([{"prompt": "a fox", "seed": None}], {"prompt": "a fox"}),
        (
            [{"styles": [{"id": "s", "strength": None}, {"id": "t", "strength": 0.5}]}],
            {"styles": [{"id": "s"}, {"id": "t", "strength": 0.5}]},
        ),
        (
            [{"prompt": "a fox", "size": Decimal("2.0"), "strength": Decimal("0.5")}],
            {"prompt": "a fox", "size": 2, "strength": 0.5},
        ),
        ([{"prompt": date(2024, 1, 31)}], {"prompt": "2024-01-31"}),
    ],
    ids=["null", "null-in-a-list", "decimal", "date"],
)
def test_a_body_is_the_json_from_which_the_file_was_made(tmp_path: Path, column: list[Any], expected: Any) -> None:
    body = body_of(tmp_path, body=column)
    assert body == expected
    assert json.dumps(body) == json.dumps(expected)


def test_a_map_is_an_object(tmp_path: Path) -> None:
    pairs = [[("prompt", "a fox"), ("aspect_ratio", "1:1")]]
    column = pyarrow.array(pairs, pyarrow.map_(pyarrow.string(), pyarrow.string()))
    assert body_of(tmp_path, body=column) == {"prompt": "a fox", "aspect_ratio": "1:1"}


def json_column(*texts: str) -> Any:
    return pyarrow.ExtensionArray.from_storage(pyarrow.json_(), pyarrow.array(texts))


def test_a_column_of_the_type_json_is_parsed(tmp_path: Path) -> None:
    body = body_of(tmp_path, prompt=["[1]"], styles=json_column('[{"id": "s"}]'))
    assert body == {"prompt": "[1]", "styles": [{"id": "s"}]}
    problem = body_of(tmp_path, prompt=["a fox"], styles=json_column("["))
    assert problem.startswith("a text of the type JSON is not JSON")


def test_a_uuid_is_a_key(tmp_path: Path) -> None:
    from pyarrow import parquet

    key = uuid4()
    column = pyarrow.ExtensionArray.from_storage(pyarrow.uuid(), pyarrow.array([key.bytes], pyarrow.binary(16)))
    parquet.write_table(pyarrow.table({"custom_id": column, "prompt": ["a fox"]}), tmp_path / "input.parquet")
    assert [line.key for line in open_input(tmp_path / "input.parquet").lines()] == [str(key)]


def test_lines_begin_at_any_row(tmp_path: Path) -> None:
    source = open_input(write(tmp_path / "prompts.parquet", 2_500, 600))
    for start in (0, 1, 599, 600, 1_234, 2_499):
        lines = list(source.lines(Checkpoint(start, start)))
        assert [line.ordinal for line in lines] == list(range(start, 2_500))
        assert lines[0].key == str(start)


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    source = write(tmp_path / "prompts.parquet", 200_000, 5_000)
    ended = subprocess.run([sys.executable, "-c", MANY, str(source)], capture_output=True, text=True, check=True)
    count, kilobytes = map(int, ended.stdout.split())
    assert count == 200_000
    assert source.stat().st_size > 40_000_000
    assert kilobytes < 30_000
