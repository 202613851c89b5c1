"""run_all with many jobs against a limit; scripts/reliability does the same with ten thousand."""

import pytest

from reliability.batches import batch


@pytest.mark.parametrize("mode", ["sync", "async"])
@pytest.mark.parametrize(("at_once", "limit"), [(8, 8), (24, 8), (8, 50)])
def test_hundreds_of_jobs_take_hardly_longer_than_they_must(mode: str, at_once: int, limit: int) -> None:
    report = batch(mode, 240, at_once, limit)
    assert (report.lost, report.doubled) == (0, 0)
    assert report.ratio <= 1.15
    assert report.ahead <= at_once
