"""Reading every file of a folder: what is counted, and that nothing ends it."""

import sys
from pathlib import Path

from bench import codemods
from bench.every_file import main


def test_each_file_is_read_read_by_tokens_or_named(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "plain.py").write_text("x = 1\n")
    (tmp_path / "two.py").write_text("print 'x'\n")
    (tmp_path / "kana.py").write_bytes(b"# coding: shift_jis\nx = '\x81'\n")
    (tmp_path / "notes.txt").write_text("no program")
    report = main(tmp_path)
    assert (report["files"], report["by_tokens"]) == (3, 1)
    assert isinstance(report["unread"], dict)
    assert [Path(path).name for path in report["unread"]] == ["kana.py"]


def test_the_benchmark_starts_it_as_a_program(tmp_path: Path) -> None:
    (tmp_path / "plain.py").write_text("x = 1\n")
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    read = codemods.read_by(version, tmp_path)
    assert read is not None
    assert (read.files, read.by_tokens, read.unread) == (1, 0, {})
