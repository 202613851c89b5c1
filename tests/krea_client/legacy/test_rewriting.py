"""The rewriting itself: which requests it looks at, what it changes in a text, and what it only speaks of."""

import json
import logging
import warnings
from datetime import UTC, date, datetime
from typing import Any

import pytest

from krea_client._request.build import AliasUse, TranslationRules
from krea_client._request.call_site import Site
from krea_client._request.deprecation_warnings import KreaDeprecationWarning, KreaSunsetWarning
from krea_client._spec.catalogue import catalogue
from krea_client.errors import RequestInvalid
from krea_client.legacy.rewriting import ApiAddress, OutgoingRequest, Rewriter

from .conftest import after

API = "https://api.krea.ai"
Z_IMAGE = f"{API}/generate/image/z-image/z-image"
GPT = f"{API}/generate/image/openai/gpt-image-2"
GPT_1 = f"{API}/generate/image/openai/gpt-image"
GONE_ADDRESS = f"{API}/generate/image/bytedance/seedream-3"
OLD = b'{"prompt": "x", "aspectRatio": "1:1"}'
NEW = b'{"prompt": "x", "aspect_ratio": "1:1"}'


class WarningRewriter:
    """A rewriter, and what it said."""

    def __init__(self, *servers: str, now: datetime | None = None, **rules: Any) -> None:
        self.uses: list[AliasUse] = []
        created = TranslationRules(lambda: now or after(), catalogue(), on_alias=self.uses.append, **rules)
        self.rewriter = Rewriter(created, map(ApiAddress.at, servers or (API,)))
        self.told: list[warnings.WarningMessage] = []

    def __call__(self, body: bytes, url: str = Z_IMAGE, encoding: str | None = None) -> bytes | None:
        with warnings.catch_warnings(record=True) as recorded_warnings:
            warnings.simplefilter("always")
            created = self.rewriter.rewritten(
                OutgoingRequest(url, encoding, body), lambda: Site("old.py", 7, "old", {})
            )
        self.told = recorded_warnings
        return created

    @property
    def texts(self) -> list[str]:
        return [str(entry.message) for entry in self.told]

    @property
    def warning(self) -> KreaDeprecationWarning:
        [entry] = self.told
        assert (entry.filename, entry.lineno) == ("old.py", 7)
        assert isinstance(entry.message, KreaDeprecationWarning)
        return entry.message


@pytest.fixture
def rewritten() -> WarningRewriter:
    return WarningRewriter()


# What is left alone


@pytest.mark.parametrize(
    "body",
    [b"", b"{}", NEW, b"[]", b'["aspectRatio"]', b'"aspectRatio"', b"aspectRatio=1%3A1", b'{"aspectRatio": ', b"\xff\xfe{}", b"[" * 9999,
     b'{"styles": [{"aspectRatio": 1}]}', b'{"aspectRatio": 1, "aspectRatio": 2}', b'{"prompt": "x", "prompt": "y", "aspectRatio": "1:1"}',
     OLD.decode().encode("utf-16")],
)  # fmt: skip  # one list of bodies
def test_other_bodies_are_left_alone(rewritten: WarningRewriter, body: bytes) -> None:
    assert rewritten(body) is None
    assert rewritten.told == []


@pytest.mark.parametrize(
    "url",
    ["https://api.fal.ai/generate/image/z-image/z-image", "https://api.krea.ai.example.com/generate/image/z-image/z-image",
     "https://krea.ai/generate/image/z-image/z-image", "https://api.krea.ai:8443/generate/image/z-image/z-image", f"{API}/jobs", API,
     f"{API}/generate/image/z-image", f"{API}/v2/generate/image/z-image/z-image", f"{API}/node-apps/7/execute", f"{API}/assets",
     "https://[broken", "/generate/image/z-image/z-image"],
)  # fmt: skip  # one list of addresses
def test_other_addresses_are_left_alone(rewritten: WarningRewriter, url: str) -> None:
    assert rewritten(OLD, url) is None
    assert rewritten.told == []


@pytest.mark.parametrize("path", ["/styles/train", "/export/3d", "/assets"])
def test_operations_that_generate_nothing_are_left_alone(rewritten: WarningRewriter, path: str) -> None:
    """Their fields never had other names, and `image` or `batchSize` may be theirs."""
    assert rewritten(b'{"image": "x", "batchSize": 2, "aspectRatio": "1:1"}', API + path) is None
    assert rewritten.told == []


def test_a_compressed_body_is_left_alone(rewritten: WarningRewriter) -> None:
    assert rewritten(OLD, encoding="gzip") is None


# What is changed


def test_json_is_rewritten(rewritten: WarningRewriter) -> None:
    assert rewritten(OLD) == NEW


def test_a_name_of_other_models_that_this_one_never_had_is_told_and_the_rest_is_translated(
    rewritten: WarningRewriter,
) -> None:
    body = b'{"prompt": "x", "aspectRatio": "1:1", "batchSize": 1, "imageUrls": []}'
    assert rewritten(body, GPT_1) == b'{"prompt": "x", "aspectRatio": "1:1", "image_urls": []}'
    assert rewritten.texts[-1] == (
        "openai/gpt-image: 'aspectRatio' is not a field of this model: the fields are prompt, width, height, quality, image_urls, "
        "styles. It was sent as it was given."
    )
    assert rewritten(b'{"prompt": "x", "some_new_field": 1}', GPT_1) is None


@pytest.mark.parametrize(
    "url",
    [Z_IMAGE, Z_IMAGE + "/", Z_IMAGE + "?debug=1", Z_IMAGE + "#top", "https://API.krea.ai:443/generate/image/z-image/z-image",
     "http://api.krea.ai/generate/image/z-image/z-image", f"{API}/generate/image/z%2Dimage/z-image"],
)  # fmt: skip  # one list of addresses
def test_the_operation_is_known_however_its_address_is_written(rewritten: WarningRewriter, url: str) -> None:
    assert rewritten(OLD, url) == NEW


def test_a_server_may_have_a_port_and_a_path_of_its_own() -> None:
    rewritten = WarningRewriter(API, "http://127.0.0.1:8787/krea/")
    assert rewritten(OLD, "http://127.0.0.1:8787/krea/generate/image/z-image/z-image") == NEW
    assert rewritten(OLD, "http://127.0.0.1:8787/generate/image/z-image/z-image") is None
    assert rewritten(OLD, "http://127.0.0.1:8787/kreature/generate/image/z-image/z-image") is None
    assert rewritten(OLD) == NEW


@pytest.mark.parametrize("address", ["", "api.krea.ai", "ftp://api.krea.ai", "https://", "https://host:port"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="base_url"):
        ApiAddress.at(address)


def test_only_the_name_changes_in_the_text(rewritten: WarningRewriter) -> None:
    before = (
        '{\r\n\t"imageUrl" :null,"seed": 1.50,  "big": 12345678901234567890123, "x": NaN,'
        ' "\\u00e4": "\\ud83d\\ude00ä",\n"aspect\\u0052atio":"1:1" }\n'
    )
    expected = before.replace('"imageUrl"', '"image_url"').replace('"aspect\\u0052atio"', '"aspect_ratio"')
    assert rewritten(before.encode()) == expected.encode()
    assert rewritten(b"\xef\xbb\xbf" + OLD) == b"\xef\xbb\xbf" + NEW


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ('{"aspectRatio": "1:1", "prompt": "x", "aspect_ratio": "1:1"}', '{"aspect_ratio": "1:1", "prompt": "x"}'),
        (
            '{"aspect_ratio": "1:1",\n "aspectRatio": "1:1",\n "prompt": "x"}',
            '{"aspect_ratio": "1:1",\n "prompt": "x"}',
        ),
        ('{"seed": 1, "aspectRatio": null, "aspect_ratio": null}', '{"seed": 1, "aspect_ratio": null}'),
    ],
)
def test_of_two_names_for_one_value_the_new_one_is_sent_once(
    rewritten: WarningRewriter, before: str, expected: str
) -> None:
    assert rewritten(before.encode()) == expected.encode()
    assert rewritten.warning.new == "aspect_ratio"


def test_every_old_name_is_warned_about_and_counted(rewritten: WarningRewriter) -> None:
    assert rewritten(b'{"imageUrl": null, "aspectRatio": "1:1"}') == b'{"image_url": null, "aspect_ratio": "1:1"}'
    assert [str(entry.message).split(";")[0] for entry in rewritten.told] == [
        "z-image/z-image: 'imageUrl' is now 'image_url'", "z-image/z-image: 'aspectRatio' is now 'aspect_ratio'",
    ]  # fmt: skip  # two texts
    assert [(use.operation, use.old, use.new, use.file, use.line, use.time) for use in rewritten.uses] == [
        ("z-image/z-image", "imageUrl", "image_url", "old.py", 7, after()),
        ("z-image/z-image", "aspectRatio", "aspect_ratio", "old.py", 7, after()),
    ]


def test_before_the_day_it_says_how_long_the_name_is_good() -> None:
    rewritten = WarningRewriter(now=datetime(2026, 6, 18, tzinfo=UTC))
    assert rewritten(OLD) == NEW
    assert type(rewritten.warning) is KreaDeprecationWarning
    assert "1 day left" in str(rewritten.warning)


# Policies


def test_silent_says_nothing_but_counts() -> None:
    rewritten = WarningRewriter(policy="silent")
    assert rewritten(OLD) == NEW
    assert (rewritten.told, [use.old for use in rewritten.uses]) == ([], ["aspectRatio"])


def test_passthrough_warns_and_sends_the_very_same_bytes() -> None:
    rewritten = WarningRewriter(policy="passthrough")
    assert rewritten(OLD) is OLD
    assert str(rewritten.warning).endswith("so it was sent as given.")


def test_error_refuses_before_anything_is_sent() -> None:
    rewritten = WarningRewriter(policy="error")
    with pytest.raises(RequestInvalid, match=r"aspectRatio is a deprecated name.*use 'aspect_ratio'"):
        rewritten(OLD)
    assert rewritten(NEW) is None


def test_a_filter_may_make_an_error_of_the_warning() -> None:
    created = WarningRewriter().rewriter
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(KreaSunsetWarning, match="aspect_ratio"):
            created.rewritten(OutgoingRequest(Z_IMAGE, None, OLD), lambda: Site("old.py", 7, "old", {}))


# What cannot be translated is spoken of, and sent


def test_names_that_disagree_are_sent_as_given(rewritten: WarningRewriter) -> None:
    body = b'{"imageUrl": null, "aspect_ratio": "1:1", "aspectRatio": "2:3"}'
    assert rewritten(body) == body.replace(b"imageUrl", b"image_url")
    renamed, untranslatable = rewritten.told
    assert "'imageUrl' is now 'image_url'" in str(renamed.message)
    assert (
        "'aspect_ratio' and 'aspectRatio' have different values: give 'aspect_ratio' only. It was sent as it was given."
        in str(untranslatable.message)
    )
    assert isinstance(untranslatable.message, KreaSunsetWarning)
    assert (untranslatable.message.old, untranslatable.message.new, untranslatable.message.date) == (
        "aspectRatio",
        "aspect_ratio",
        date(2026, 6, 19),
    )
    assert sorted(use.old for use in rewritten.uses) == ["aspectRatio", "imageUrl"]


@pytest.mark.parametrize("values", ["1 true", "0 false", '1 "1"', 'null ""', "[] {}"])
def test_values_that_only_look_alike_disagree(rewritten: WarningRewriter, values: str) -> None:
    entry, second = values.split()
    body = f'{{"seed": 1, "aspect_ratio": {entry}, "aspectRatio": {second}}}'.encode()
    assert rewritten(body) is body
    assert "different values" in str(rewritten.warning)


def test_a_name_whose_field_is_gone_is_sent_as_given(rewritten: WarningRewriter) -> None:
    body = b'{"prompt": "x", "styleImages": [{"url": "https://example.com/a.png"}]}'
    url = f"{API}/generate/image/openai/gpt-image"
    assert rewritten(body, url) is body
    assert "'styleImages' is a deprecated name of 'style_images', which the model no longer has" in str(
        rewritten.warning
    )
    assert str(rewritten.warning).endswith("It was sent as it was given.")


def test_a_retired_field_is_sent_as_given_with_what_to_use(rewritten: WarningRewriter) -> None:
    body = b'{"prompt": "x", "batchSize": 4}'
    assert rewritten(body) is body
    warning = rewritten.warning
    assert isinstance(warning, KreaSunsetWarning)
    assert (warning.old, warning.new) == ("batchSize", None)
    use = catalogue().of_model("z-image/z-image").retired["batchSize"].use
    assert f"use {use}" in str(warning)


def test_a_model_that_is_gone_is_called_as_given_with_its_successor(rewritten: WarningRewriter) -> None:
    body = b'{"prompt": "x", "aspectRatio": "1:1"}'
    assert rewritten(body, GONE_ADDRESS) is body
    assert "switched this model off on 2026-05-13: use 'bytedance/seedream-5-lite' instead" in str(rewritten.warning)
    rewritten(body, f"{API}/generate/image/runway/gen-4")
    assert "switched this model off: no replacement is documented" in str(rewritten.warning)
    assert (type(rewritten.warning), rewritten.warning.date) == (KreaSunsetWarning, None)
    before = WarningRewriter(now=datetime(2026, 5, 1, tzinfo=UTC))
    before(body, GONE_ADDRESS)
    assert type(before.warning) is KreaDeprecationWarning


@pytest.mark.parametrize("policy", ["silent", "error"])
def test_no_policy_keeps_quiet_about_what_will_fail_or_refuses_it(policy: str) -> None:
    rewritten = WarningRewriter(policy=policy)
    assert rewritten(b'{"batchSize": 4}') == b'{"batchSize": 4}'
    assert "batchSize" in str(rewritten.warning)


def test_a_fault_of_ours_costs_nobody_a_request(caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> datetime:
        raise LookupError("no clock")

    rewriter = Rewriter(TranslationRules(broken, catalogue()), [ApiAddress.at(API)])
    with caplog.at_level(logging.ERROR, "krea_client"):
        assert rewriter.rewritten(OutgoingRequest(Z_IMAGE, None, OLD), lambda: Site("old.py", 7, "old", {})) is None
    assert "no clock" in caplog.text


def test_a_hook_that_fails_costs_nobody_a_request(caplog: pytest.LogCaptureFixture) -> None:
    created = Rewriter(
        TranslationRules(after, catalogue(), on_alias=lambda _: 1 / 0, policy="silent"), [ApiAddress.at(API)]
    )
    assert created.rewritten(OutgoingRequest(Z_IMAGE, None, OLD), lambda: Site("old.py", 7, "old", {})) == NEW
    assert "on_alias hook failed" in caplog.text


def test_only_live_fields_of_the_model_count() -> None:
    """No name is both live and translated: a body of today is never looked at twice."""
    for name in catalogue().models.values():
        operation = catalogue().operation(name)
        body = json.dumps(dict.fromkeys(operation.fields, 1)).encode()
        rewriter = WarningRewriter()
        assert rewriter(body, API + operation.path) is None, name


def test_a_retired_field_that_asked_for_nothing_is_left_out_and_the_rest_translated() -> None:
    rewriter = WarningRewriter()
    assert rewriter(b'{"batchSize": 1, "prompt": "x", "aspectRatio": "1:1"}') == NEW
    assert sorted(vars(warning.message)["old"] for warning in rewriter.told) == ["aspectRatio", "batchSize"]


def test_a_retired_field_that_asked_for_something_is_sent_as_it_came() -> None:
    rewriter = WarningRewriter()
    body = b'{"batchSize": 2, "prompt": "x"}'
    assert rewriter(body) == body
    assert "sent as it was given" in rewriter.texts[0]


def test_a_policy_that_changes_nothing_leaves_a_retired_field_where_it_is() -> None:
    body = b'{"batchSize": 1, "prompt": "x"}'
    assert WarningRewriter(policy="passthrough")(body) == body
