"""The files of scripts/bench codemods --growth are programs that send to Krea, and an exponent is that of the times."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import codemod_growth
from krea_migrate import engine


@pytest.mark.parametrize("shape", codemod_growth.SHAPES, ids=lambda shape: shape.title)
def test_each_shape_grows_and_is_read(shape: codemod_growth.Shape, tmp_path: Path) -> None:
    assert len(shape.text(20)) > len(shape.text(10))
    report = engine.check([str(codemod_growth.made(shape, 3, tmp_path / "a"))])
    assert not report.problems
    assert report.looked_at == (1, 1)


@pytest.mark.parametrize(("seconds", "power"), [((1.1, 2.1, 4.1, 8.1), 1.0), ((1.1, 4.1, 16.1, 64.1), 2.0)])
def test_the_exponent_is_that_of_the_times_without_the_start_up(seconds: tuple[float, ...], power: float) -> None:
    assert codemod_growth.exponent(seconds, 0.1, 8) == pytest.approx(power, abs=0.01)
