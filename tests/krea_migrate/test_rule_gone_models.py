"""KREA202."""

from .looking import URL, findings, said


def test_models_of_today_stay_unmentioned() -> None:
    assert said("KREA202", a__py=f'url = "{URL}"\nnote = "we had /generate/image/bytedance/seedream-3 once"\n') == []


def test_the_successor_is_named() -> None:
    (finding,) = findings(a__py='url = f"{base}/generate/image/bytedance/seedream-3"\n')
    assert (finding.rule, finding.certainty, finding.edits) == ("KREA202", "unsure", ())
    assert "2026-05-13" in finding.reason
    assert "image/bytedance/seedream-5-lite" in finding.reason
