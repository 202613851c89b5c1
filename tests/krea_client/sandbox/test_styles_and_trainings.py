"""A training is a paid job that ends with a private style; styles are searched, changed and shared."""

import json
from typing import Any

import pytest

from krea_client.sandbox import Response, Sandbox

from .conftest import PNG, Caller, read
from .test_documented_answers import assert_documented, of

TRAINING = {"name": "Blue hour", "urls": ["https://example.com/1.png"], "model": "k2", "trigger_word": "bluehour"}


def send(caller: Caller, method: str, target: str, fields: object = None) -> Response:
    response = caller.call(method, target, b"" if fields is None else json.dumps(fields).encode())
    assert_documented(of(method, target.partition("?")[0]), response)
    return response


def train(caller: Caller, **fields: Any) -> dict[str, Any]:
    return read(send(caller, "POST", "/styles/train", TRAINING | fields))


@pytest.fixture
def style(caller: Caller) -> str:
    job = train(caller)
    caller.box.advance(60)
    return str(read(caller.get(f"/jobs/{job['job_id']}"))["result"]["style_id"])


def search_styles(caller: Caller, query: str) -> list[str]:
    return [style["id"] for style in read(send(caller, "GET", f"/styles?{query}"))["items"]]


def test_a_training_is_paid_and_ends_with_a_style_of_ones_own(box: Sandbox, caller: Caller) -> None:
    job = train(caller)
    assert (job["status"], job["result"]) == ("queued", None)
    assert search_styles(caller, "filter=user") == []
    box.advance(60)
    finished = send(caller, "GET", f"/jobs/{job['job_id']}")
    style_id = read(finished)["result"]["style_id"]
    assert box.ledger[0].billed == 0.04
    style = read(send(caller, "GET", f"/styles/{style_id}"))
    assert (style["title"], style["models"], style["public"], style["prompt"]) == (
        *("Blue hour", ["k2"], False),
        "bluehour",
    )
    assert search_styles(caller, "filter=user") == [style_id]
    assert style_id not in search_styles(caller, "filter=public")


@pytest.mark.parametrize("how", ["[sandbox:fail]", "cancel"])
def test_a_training_that_does_not_complete_makes_no_style(box: Sandbox, caller: Caller, how: str) -> None:
    job = train(caller, name=how)
    if how == "cancel":
        caller.call("DELETE", f"/jobs/{job['job_id']}")
    box.advance(60)
    assert search_styles(caller, "filter=user") == []
    assert box.totals.amount == 0


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"model": "flux_dev", "learning_rate": 0.1}, 200),
        ({"learning_rate": 0.1}, 422),
        ({"model": "sdxl"}, 422),
        ({"max_train_steps": 3000}, 422),
        ({"urls": ["no address"]}, 422),
        ({"urls": ["https://gen.krea.ai/uploads/00000000-0000-4000-8000-000000000000.png"]}, 422),
        ({"name": None}, 422),
    ],
)
def test_trainings_are_judged_by_the_document(caller: Caller, change: dict[str, Any], status: int) -> None:
    assert send(caller, "POST", "/styles/train", TRAINING | change).status == status


def test_a_training_counts_for_money_and_slots(caller: Caller) -> None:
    caller.box.concurrent = 1
    train(caller)
    assert send(caller, "POST", "/styles/train", TRAINING).status == 429
    caller.box.balance = 0
    assert send(caller, "POST", "/styles/train", TRAINING).status == 402
    assert caller.call("POST", "/styles/train", json.dumps(TRAINING).encode(), x_webhook_url="no").status == 422


def test_search_filters_and_pages(caller: Caller, style: str) -> None:
    all_styles = search_styles(caller, "")
    assert all_styles[0] == style
    assert len(all_styles) >= 4
    assert search_styles(caller, f"ids={style},sandbox-felt") == [style, "sandbox-felt"]
    assert set(search_styles(caller, "model=k2")) == {style, "sandbox-gouache"}
    assert set(search_styles(caller, "filter=krea")) == {"sandbox-engraving", "sandbox-gouache"}
    assert search_styles(caller, "filter=community") == ["sandbox-felt"] == search_styles(caller, "user=somebody-else")
    assert search_styles(caller, "liked=true") == search_styles(caller, "filter=gallery") == []
    paged, cursor = [], ""
    while True:
        page = read(caller.get(f"/styles?limit=1{cursor}"))
        paged += [item["id"] for item in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert paged == all_styles


@pytest.mark.parametrize("query", ["filter=mine", "limit=0", "liked=maybe", "cursor=nowhere"])
def test_a_search_that_the_document_refuses_is_400(caller: Caller, query: str) -> None:
    assert send(caller, "GET", f"/styles?{query}").status == 400


def test_a_style_is_changed_as_far_as_told(caller: Caller, style: str) -> None:
    picture = read(caller.upload(PNG))["image_url"]
    changed = read(send(caller, "PATCH", f"/styles/{style}", {"title": "Dusk", "cover_url": picture}))
    assert (changed["title"], changed["cover_url"], changed["public"]) == ("Dusk", picture, False)
    assert read(send(caller, "PATCH", f"/styles/{style}", {"public": True, "urls": []}))["title"] == "Dusk"
    assert style in search_styles(caller, "filter=public")
    assert read(send(caller, "PATCH", f"/styles/{style}", {"public": None}))["public"] is True


@pytest.mark.parametrize(
    "change", [{"titel": "x"}, {"public": "yes"}, {"cover_url": "'s"}, {"cover_url": "https://gen.krea.ai/uploads/x"}]
)
def test_a_change_that_the_document_refuses_is_400(caller: Caller, style: str, change: dict[str, Any]) -> None:
    assert send(caller, "PATCH", f"/styles/{style}", change).status == 400


def test_sharing(caller: Caller, style: str) -> None:
    first, second = (send(caller, "GET", f"/styles/{style}/share/link") for _ in range(2))
    assert (first.status, read(first)["is_new"], second.status, read(second)["is_new"]) == (201, True, 200, False)
    assert read(first)["share_link"] == read(second)["share_link"]
    shared = read(send(caller, "POST", f"/styles/{style}/share/workspace"))
    assert (shared["success"], shared["style_id"]) == (True, style)
    assert search_styles(caller, "filter=shared") == [style]
    assert read(send(caller, "DELETE", f"/styles/{style}/share/workspace"))["success"] is True
    assert search_styles(caller, "filter=shared") == []


def test_what_is_not_ones_own_is_not_changed(caller: Caller) -> None:
    second_style = "/styles/sandbox-felt"
    assert send(caller, "GET", second_style).status == 200
    assert send(caller, "PATCH", second_style, {"title": "mine"}).status == 404
    assert send(caller, "GET", f"{second_style}/share/link").status == 404
    assert send(caller, "POST", f"{second_style}/share/workspace").status == 403
    assert send(caller, "DELETE", f"{second_style}/share/workspace").status == 403


@pytest.mark.parametrize("method_and_end", ["GET ", "PATCH ", "GET /share/link", "POST /share/workspace"])
def test_an_unknown_style_is_404(caller: Caller, method_and_end: str) -> None:
    method, end = method_and_end.split(" ")
    assert send(caller, method, f"/styles/nobody{end}", {}).status == 404


def test_pictures_inside_the_request_are_not_kept(caller: Caller) -> None:
    data = "data:image/png;base64," + "A" * 5000
    job = train(caller, urls=[data, "https://example.com/1.png"])["job_id"]
    caller.box.advance(60)
    style_id = read(caller.get(f"/jobs/{job}"))["result"]["style_id"]
    assert read(caller.get(f"/styles/{style_id}"))["urls"] == ["https://example.com/1.png"]


def test_reset_takes_trained_styles_away(caller: Caller, style: str) -> None:
    caller.box.reset()
    assert style not in search_styles(caller, "")
