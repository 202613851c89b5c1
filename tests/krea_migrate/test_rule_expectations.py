"""KREA304."""

from .looking import URL, said

PROGRAM = f"""
import requests
def post(ratio):
    return requests.post("{URL}", json={{"prompt": "x", "aspectRatio": ratio}})
"""
ONCE = [("aspectRatio", "unsure")]


def expected(test: str) -> list[tuple[str, str]]:
    return said("KREA304", program__py=PROGRAM, test_program__py=f"from program import post\n{test}\n")


def test_what_a_test_sends_to_the_program_and_gets_of_it_stays() -> None:
    assert expected('api.post("/posters", json={"aspectRatio": "1:1"})') == []
    assert expected('answer = api.post("/posters")\nassert answer.json()["aspectRatio"] == "1:1"') == []
    assert expected('answer = api.post("/posters")\nassert answer.json() == {"aspectRatio": "1:1"}') == []
    assert expected('ROW = {"aspectRatio": "1:1"}') == []


def test_what_no_program_of_the_tree_sends_stays() -> None:
    assert said("KREA304", test_other__py='assert sent["aspectRatio"] == "1:1"\n') == []


def test_what_was_sent_is_read() -> None:
    assert expected('sent = {}\nassert sent["aspectRatio"] == "1:1"') == ONCE
    assert expected('def test(sent):\n    assert "aspectRatio" not in sent') == ONCE
    assert expected('def test(route):\n    assert json.loads(route.calls.last.request.content)["aspectRatio"]') == ONCE


def test_what_was_sent_is_compared() -> None:
    assert expected('def test(sent):\n    assert sent == {"prompt": "x", "aspectRatio": "1:1"}') == ONCE
    assert expected('WANTED = {"aspectRatio": "1:1"}\ndef test(sent):\n    assert sent == WANTED') == ONCE


def test_matchers_and_mocks() -> None:
    assert expected('mock.assert_called_once_with(URL, json={"aspectRatio": "1:1"})') == ONCE
    assert expected('responses.post(URL, match=[json_params_matcher({"aspectRatio": "1:1"})])') == ONCE
    assert expected('httpx_mock.add_response(url=URL, match_json={"aspectRatio": "1:1"})') == ONCE
    assert expected('responses.post(URL, json={"aspectRatio": "1:1"})') == []
