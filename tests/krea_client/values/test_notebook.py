"""A job in a notebook: a short text, and HTML that shows results without trusting anything in them."""

from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest

from krea_client import Job, RunResult

CREATED = datetime(2026, 11, 20, 12, tzinfo=UTC)


class Elements(HTMLParser):
    """Collects the elements of a page with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def completed(*urls: str) -> Job:
    return Job.from_dict(
        {
            "job_id": "j-1",
            "status": "completed",
            "created_at": CREATED.isoformat(),
            "completed_at": (CREATED + timedelta(seconds=7)).isoformat(),
            "result": {"urls": list(urls)},
        }
    )


@pytest.mark.parametrize(
    ("url", "element"),
    [
        ("https://host/a.PNG?size=2", "img"),
        ("https://host/a.mp4", "video"),
        ("https://host/a.wav", "audio"),
        ("https://host/model.glb", "a"),
        ("javascript:void(0)//.png", "code"),
        ("https://[host/a.png", "code"),
    ],
)
def test_each_result_has_its_viewer(url: str, element: str) -> None:
    page = Elements(completed(url)._repr_html_())
    shown = [name for name, attributes in page.elements if url in attributes.values() or name == "code"]
    assert element in shown
    assert "7.0 s" in page.text
    assert not [
        value for _, attributes in page.elements for value in attributes.values() if "javascript" in (value or "")
    ]


def test_text_of_the_api_is_escaped() -> None:
    job = Job.from_dict(
        {"job_id": "<b>j", "status": "<i>", "error": "<script>x</script>", "result": {"urls": ['https://h/"><u>.png']}}
    )
    names = {name for name, _ in Elements(job._repr_html_()).elements}
    assert names == {"div", "b", "code", "a", "img"}
    assert "<script>x</script>" in Elements(job._repr_html_()).text


def test_the_text_of_a_job_is_short_and_has_its_addresses() -> None:
    assert repr(completed("https://h/a.png")) == "Job(id='j-1', status='completed', urls=['https://h/a.png'])"
    failed = Job.from_dict({"job_id": "j-1", "status": "failed", "error": "nsfw"})
    assert repr(failed) == "Job(id='j-1', status='failed', error='nsfw', urls=[])"
    result = RunResult.of(("m", {}), failed, ValueError("no"))
    assert repr(result) == "RunResult(id='j-1', status='failed', urls=[], failure=ValueError('no'), request=('m', {}))"


def test_one_of_several_results_can_be_chosen() -> None:
    job = completed("https://h/a.png", "https://h/b.png")
    assert job.with_result(1).urls == ["https://h/b.png"]
    with pytest.raises(IndexError, match="job j-1 has 2 results: number 2 is none of them"):
        job.with_result(2)
