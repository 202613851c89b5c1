"""GET /jobs: newest first, in pages by creation time, filtered."""

from krea_client.sandbox import Sandbox

from .conftest import GPT, Caller, read


def listed(caller: Caller, query: str = "") -> list[str]:
    return [item["job_id"] for item in read(caller.get(f"/jobs?{query}"))["items"]]


def test_pages_hold_every_job_once_newest_first(box: Sandbox, caller: Caller) -> None:
    box.concurrent = 25
    jobs = [caller.submit() for _ in range(25)]
    listed_ids: list[str] = []
    cursor = ""
    while True:
        page = read(caller.get(f"/jobs?limit=10{cursor}"))
        listed_ids += [item["job_id"] for item in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert listed_ids == jobs[::-1]


def test_a_page_that_ends_exactly_at_the_last_job_has_no_next(caller: Caller) -> None:
    for _ in range(2):
        caller.submit()
    assert read(caller.get("/jobs?limit=2"))["next_cursor"] is None


def test_a_job_made_while_paging_changes_no_later_page(caller: Caller) -> None:
    first, second = caller.submit(), caller.submit()
    page = read(caller.get("/jobs?limit=1"))
    assert [item["job_id"] for item in page["items"]] == [second]
    caller.submit()
    assert listed(caller, f"limit=5&cursor={page['next_cursor']}") == [first]


def test_status_and_types_choose(box: Sandbox, caller: Caller) -> None:
    quick, slow = caller.submit(), caller.submit(GPT)
    box.clock.advance(10)
    assert listed(caller, "status=completed") == [quick]
    assert listed(caller, "status=failed") == []
    assert listed(caller, "types=gpt-image-2") == [slow]
    assert listed(caller, "types=image/z-image,video") == [quick]
    assert listed(caller, "types=image") == [slow, quick]
    assert listed(caller, "types=ima") == []


def test_jobs_are_ordered_by_time_even_when_the_date_was_set_back(box: Sandbox, caller: Caller) -> None:
    late = caller.submit()
    box.date = "2026-10-01"
    early = caller.submit()
    assert listed(caller) == [late, early]
    assert listed(caller, "cursor=2026-11-01T00:00:00%2B00:00") == [early]
    assert [row.job_id for row in box.ledger] == [late, early]


def test_listing_nothing(caller: Caller) -> None:
    assert read(caller.get("/jobs")) == {"items": [], "next_cursor": None}
