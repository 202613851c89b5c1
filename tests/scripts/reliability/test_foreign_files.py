"""Any bytes and headers in the place of a webhook, a media file or a download's head end in a value or one of our own errors."""

import io
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from krea_client import Job, KreaError, UnexpectedAnswer, webhooks
from krea_client._core import deprecation_headers
from krea_client._core.effects import InvalidDownload
from krea_client._request import file_checks, file_formats
from krea_client._request.deprecation_warnings import KreaDeprecationWarning
from krea_client._transport.downloads import Download

MARKS = [mark.rjust(place + len(mark), b"\0") for place, mark, _ in file_formats._SIGNATURES]
KINDS = st.sampled_from([*file_formats._EXTENSIONS, "text/html", "", "image/png; q=", "\xff/\x80"])
FILES = st.builds(lambda mark, tail: mark + tail, st.sampled_from([b"", *MARKS]), st.binary(max_size=200))
VALUES = st.text(max_size=30) | st.sampled_from(
    ["@1", "@-9" * 40, "true", "<x>; rel=sunset", "Fri, 31 Dec 9999 23:59:59 GMT"]
)


@given(st.binary(max_size=300) | st.text(max_size=300))
def test_a_webhook_is_a_job_or_an_error(body: bytes | str) -> None:
    with suppress(UnexpectedAnswer):
        assert isinstance(webhooks.parse(body), Job)


@given(FILES)
def test_a_media_file_is_whole_or_has_a_fault(content: bytes) -> None:
    defect = file_checks.find_defect(io.BytesIO(content))
    assert defect is None or defect
    head = content[:64]
    signed = file_formats.extension_by_signature(head)
    assert file_formats.extension_for(None, head) == (signed or file_formats.extension_of_text(head))


@given(st.dictionaries(st.sampled_from(["deprecation", "sunset", "link"]), VALUES))
def test_headers_about_age_are_a_warning_or_nothing(headers: dict[str, str]) -> None:
    warning = deprecation_headers.warning_from(headers, "z-image/z-image", datetime(2026, 11, 20, tzinfo=UTC))
    assert warning is None or isinstance(warning, KreaDeprecationWarning)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    st.sampled_from([200, 206, 304, 416, 500]),
    st.dictionaries(
        st.sampled_from(["content-length", "content-range", "etag", "content-encoding"]),
        VALUES | st.integers().map(str),
    ),
    KINDS,
    FILES,
)
def test_a_download_is_a_whole_file_or_none(
    tmp_path: Path, status: int, headers: dict[str, str], kind: str, content: bytes
) -> None:
    sink = Download(tmp_path / "x", naming=True, overwrite=True, limit=150)
    try:
        sink.begin(status, {**headers, "content-type": kind})
        sink.write(content)
        assert set(sink.wants()) <= {"range", "if-range"}
        path = sink.finish()
        assert path.read_bytes() == content
        assert path.parent == tmp_path
        path.unlink()
    except (InvalidDownload, KreaError):
        pass
    finally:
        sink.abandon()
    assert list(tmp_path.iterdir()) == []
