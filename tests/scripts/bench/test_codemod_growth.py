"""The files of scripts/bench codemods --growth are programs that send to Krea, and the growth is that of the times."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import codemod_growth
from krea_migrate import engine


@pytest.mark.parametrize("shape", [*codemod_growth.SHAPES, *codemod_growth.REQUESTS], ids=lambda shape: shape.title)
def test_each_shape_grows_and_is_read(shape: codemod_growth.Shape, tmp_path: Path) -> None:
    sizes = [sum(map(len, shape.files(shape.count(factor)).values())) for factor in (1, 8)]
    assert 6 < sizes[1] / sizes[0] < 10
    report = engine.check([str(codemod_growth.made(shape, 3, tmp_path / "a"))])
    assert not report.problems
    assert any(finding.old == "aspectRatio" for finding in report.findings)


@pytest.mark.parametrize(("seconds", "times"), [((1.1, 2.1, 4.1, 8.1), 8), ((1.1, 4.1, 16.1, 64.1), 64)])
def test_the_growth_is_that_of_the_times_without_the_start_up(seconds: tuple[float, ...], times: float) -> None:
    assert codemod_growth.times(seconds, 0.1, 8) == pytest.approx(times, abs=0.01)
