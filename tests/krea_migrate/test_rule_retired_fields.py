"""KREA201."""

from .looking import VIDEO, findings, said, written


def test_current_fields_stay_unmentioned() -> None:
    assert said(a__py=f'import requests\nrequests.post("{VIDEO}", json={{"prompt": "x", "start_image": "u"}})\n') == []


def test_a_lost_field_is_explained_under_both_names_and_never_changed() -> None:
    source = f'import requests\nrequests.post("{VIDEO}", json={{"startVideo": "x", "end_video": "y"}})\n'
    rows = findings("KREA201", a__py=source)
    assert [(row.old, row.new) for row in rows] == [("startVideo", None), ("end_video", None)]
    assert "'start_video', which kling/kling-2.6 no longer has" in rows[0].reason
    assert written("unsure", a__py=source) == source
