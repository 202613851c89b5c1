"""A run over what a Python program iterates is resumed with a new iterator: the items are passed over, compared, and found again."""

import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from krea_client import Krea
from krea_client.bulk import run_commands
from krea_client.bulk.input_files import InputError
from krea_client.bulk.iterable_input import IterableInput
from krea_client.bulk.progress_figures import RunControl
from krea_client.bulk.run_folder import RunPlace
from krea_client.bulk.states import ItemState
from krea_client.sandbox import Sandbox

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 100
FIELDS = {"model": "z-image/z-image", "aspect_ratio": "1:1", "resolution": "1K"}


def prompts(count: int, marks: dict[int, str]) -> list[str]:
    return [f"picture {number} {marks.get(number, '')}[sandbox:seconds=0]" for number in range(count)]


def generated(texts: Sequence[str]) -> Iterator[dict[str, Any]]:
    return ({**FIELDS, "custom_id": f"k{number}", "prompt": text} for number, text in enumerate(texts))


def key_of(item: dict[str, Any]) -> str:
    return str(item["custom_id"])


def sent(box: Sandbox, texts: Sequence[str]) -> list[int]:
    """Return which of the prompts were sent, in their order."""
    bodies = [(request.body or b"").decode() for request in box.requests if request.method == "POST"]
    return [number for body in bodies for number, text in enumerate(texts) if f'"{text}"' in body]


def test_an_item_that_is_planned_again_is_sent_with_its_own_prompt(krea: Krea, box: Sandbox, tmp_path: Path) -> None:
    texts = prompts(6, {2: "[sandbox:fail]"})
    assert krea.bulk.run(generated(texts[:4]), tmp_path, key=key_of).failed == 1
    assert krea.bulk.retry(tmp_path, failed=True) == 1
    report = krea.bulk.run(generated(texts), tmp_path, key=key_of)
    assert (report.counts.rows, report.saved, report.failed) == (6, 5, 1)
    assert sorted(sent(box, texts)) == [0, 1, 2, 2, 3, 4, 5]
    with run_commands.reading(RunPlace(tmp_path)) as journal:
        assert [item.key for item in journal.items()] == [f"k{number}" for number in range(6)]


def test_a_stopped_run_goes_on_behind_the_last_item_it_began(krea: Krea, box: Sandbox, tmp_path: Path) -> None:
    texts = prompts(9, {})
    control = RunControl()
    for item in krea.bulk.iterate(generated(texts), tmp_path, key=key_of, at_once=2, control=control):
        if item.ordinal == 5:
            control.stopping.set()
    assert krea.bulk.run(generated(texts), tmp_path, key=key_of).saved == 9
    assert sorted(sent(box, texts)) == list(range(9))


@pytest.mark.parametrize("first", [0, 3, 1_000])
def test_no_two_items_of_a_folder_have_one_key(krea: Krea, box: Sandbox, tmp_path: Path, first: int) -> None:
    def items(count: int) -> Iterator[dict[str, Any]]:
        keys = [f"k{number}" for number in range(first)] + ["same", "other", "same", "k0"]
        return ({**item, "custom_id": key} for item, key in zip(generated(prompts(count, {})), keys, strict=False))

    source = IterableInput(items(first + 4))
    lines = list(source.pass_over(first, ()).following)
    problems = [line.problem for line in lines]
    is_in_folder = 0 < first < 1_000
    assert [bool(problem) for problem in problems] == [False, False, True, is_in_folder]
    assert problems[2] == "its key 'same' is there already; give each item a key of its own"
    if first:
        return
    report = krea.bulk.run(items(3), tmp_path)
    assert (report.saved, report.failed, box.totals.accepted) == (2, 1, 2)
    assert len(list((tmp_path / "000").glob("*.png"))) == 2
    again = krea.bulk.run(items(4), tmp_path)
    assert (again.saved, again.failed, box.totals.accepted) == (3, 1, 3)


def changed(texts: list[str]) -> Iterator[dict[str, Any]]:
    return generated([texts[0], "another", *texts[2:]])


def swapped(texts: list[str]) -> Iterator[dict[str, Any]]:
    return iter(sorted(generated(texts), key=lambda item: item["custom_id"] != "k3"))


def shortened(texts: list[str]) -> Iterator[dict[str, Any]]:
    return generated(texts[:3])


@pytest.mark.parametrize("other", [changed, swapped, shortened])
def test_other_items_are_refused(
    krea: Krea, box: Sandbox, tmp_path: Path, other: Callable[[list[str]], Iterator[dict[str, Any]]]
) -> None:
    texts = prompts(4, {})
    krea.bulk.run(generated(texts), tmp_path, key=key_of)
    with pytest.raises(InputError, match="not the items that this run was begun with"):
        krea.bulk.run(other(texts), tmp_path, key=key_of)
    assert len(sent(box, texts)) == 4


def test_other_keys_are_refused(krea: Krea, tmp_path: Path) -> None:
    krea.bulk.run(generated(prompts(3, {})), tmp_path, key=key_of)
    with pytest.raises(InputError, match="not the items that this run was begun with"):
        krea.bulk.run(generated(prompts(3, {})), tmp_path, key=lambda item: f"x{item['custom_id']}")


def test_items_that_are_no_json_are_compared_by_what_is_sent(krea: Krea, tmp_path: Path) -> None:
    from krea_api.models import ZImageRequest

    def items(last: str) -> Iterator[object]:
        yield ZImageRequest(prompt="a [sandbox:seconds=0]", aspect_ratio="1:1", resolution="1K")  # type: ignore[arg-type]  # enums, whose members are texts
        yield ("z-image/z-image", {"prompt": f"{last} [sandbox:seconds=0]", "aspect_ratio": "1:1", "resolution": "1K"})

    krea.bulk.run(items("b"), tmp_path)
    assert krea.bulk.run(items("b"), tmp_path).saved == 2
    with pytest.raises(InputError, match="not the items"):
        krea.bulk.run(items("c"), tmp_path)


def test_items_that_were_begun_are_neither_made_nor_checked_again() -> None:
    keys_made: list[str] = []

    def checked(_: object) -> bytes:
        raise AssertionError("an item was prepared")

    source = IterableInput(generated(prompts(5_000, {})), None, checked)
    first = source.pass_over(0, ())
    digest = [line.chain for line in first.following][-1]
    again = IterableInput(generated(prompts(5_001, {})), None, checked).pass_over(5_000, (17, 4_999))
    assert again.digest == digest
    assert [again.lines[ordinal].key for ordinal in (17, 4_999)] == ["k17", "k4999"]
    keys_made.extend(line.key for line in again.following)
    assert keys_made == ["k5000"]


def test_a_list_whose_items_are_the_same_is_planned_once(krea: Krea, box: Sandbox, tmp_path: Path) -> None:
    items = list(generated(prompts(3, {})))
    planned: list[int] = []
    for _ in range(2):
        assert krea.bulk.run(items, tmp_path).counts.of(ItemState.SAVED) == 3
        run = krea.bulk.begin(items, tmp_path)
        planned.append(0 if run.begun.plan is None else run.begun.plan.items)
        run.begun.close()
    run = krea.bulk.begin([*items, {**items[0], "custom_id": "k3"}], tmp_path)
    assert run.begun.plan is not None
    run.begun.close()
    assert planned == [0, 0]
    assert box.totals.accepted == 3


def test_open_files_of_items_are_read_for_the_comparison_and_for_the_upload(
    krea: Krea, box: Sandbox, tmp_path: Path
) -> None:
    def items() -> Iterator[tuple[str, dict[str, Any]]]:
        for number in range(2):
            body = {"prompt": f"picture {number} [sandbox:seconds=0]", "aspect_ratio": "1:1", "resolution": "1K"}
            yield "z-image/z-image", {**body, "image_url": io.BytesIO(PNG)}

    first = krea.bulk.run(items(), tmp_path, at_once=1)
    assert first.saved == 2, (first.problems, (tmp_path / "problems.jsonl").read_text())
    assert [asset.size_bytes for asset in krea.assets.list()] == [len(PNG)]
    assert krea.bulk.run(items(), tmp_path, at_once=1).saved == 2
    assert box.totals.accepted == 2
