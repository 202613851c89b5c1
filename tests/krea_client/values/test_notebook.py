"""A job in a notebook: a short text, and HTML that shows results without trusting anything in them."""

import ast
import pickle
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest

from krea_api.models import ZImageRequest
from krea_client import Job, Krea, RunResult
from krea_client.models import Model, Models
from krea_client.sandbox import Sandbox

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


def test_a_job_of_this_client_shows_its_model_and_price() -> None:
    box = Sandbox(time_scale=0)
    with Krea("t", transport=box.transport(), clock=box.clock) as krea:
        body = {"prompt": "A fox", "aspect_ratio": "1:1", "resolution": "1K"}
        price = krea.price("z-image/z-image", body)
        job = krea.submit("z-image/z-image", body)
        jobs = [job, krea.wait(job), krea.run("z-image/z-image", body), *krea.run_all([("z-image/z-image", body)])]
        texts = [Elements(job._repr_html_()).text for job in jobs]
        other = Elements(krea.jobs.get(job.id)._repr_html_()).text
    assert price.short.endswith(" USD")
    assert all(f"z-image/z-image · {price.short}" in text for text in texts)
    assert "A fox" in texts[-1]
    assert "USD" not in other  # the API does not tell what a job cost
    restored = pickle.loads(pickle.dumps(jobs[1]))
    assert restored == jobs[1]
    assert restored._repr_html_() == jobs[1]._repr_html_()


def test_a_failed_result_shows_its_reason_and_no_price() -> None:
    box = Sandbox(time_scale=0)
    with Krea("t", transport=box.transport(), clock=box.clock) as krea:
        body = {"prompt": "[sandbox:nsfw] a fox", "aspect_ratio": "1:1", "resolution": "1K"}
        [result] = krea.run_all([("z-image/z-image", body)])
    text = Elements(result._repr_html_()).text
    assert "nsfw" in text
    assert "USD" not in text
    refused = RunResult.of(ZImageRequest("An owl", "1:1", "1K"), Job(id="", status="failed"), ValueError("no <b>"))
    assert "An owl" in Elements(refused._repr_html_()).text
    assert "no <b>" in Elements(refused._repr_html_()).text


def test_a_model_shows_its_fields_prices_and_an_example() -> None:
    model = Models().get("z-image/z-image")
    page = Elements(model._repr_html_())
    assert [name for name, _ in page.elements].count("tr") >= 1 + len(model.fields)
    for text in (model.id, model.summary, model.price().short, "aspect_ratio", "krea.run("):
        assert text in page.text
    assert "None" not in page.text


@pytest.mark.parametrize("model", list(Models()), ids=lambda model: model.id)
def test_every_model_can_be_shown(model: Model) -> None:
    page = Elements(model._repr_html_())
    assert all(field.name in page.text and field.type in page.text for field in model.fields)
    source = page.text[page.text.index("krea.run(") :].strip()
    call = ast.parse(source, mode="eval").body
    assert isinstance(call, ast.Call)
    assert ast.literal_eval(call.args[0]) == model.id
    assert {keyword.arg: ast.literal_eval(keyword.value) for keyword in call.keywords} == model.example


def test_lists_of_models_are_tables() -> None:
    models = Models()
    found = models.search("kling")
    assert isinstance(found, list)
    assert found == list(found)
    for shown in (found, models.list(kind="audio"), models):
        page = Elements(shown._repr_html_())
        assert [name for name, _ in page.elements].count("tr") == 1 + len(shown)
        assert all(model.id in page.text for model in shown)
    assert models.search("no such words at all")._repr_html_() == "<div>no models</div>"
