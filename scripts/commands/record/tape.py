"""What a cassette keeps of an exchange: little, the API's own addresses, and nothing that is secret or large."""

import base64
import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast
from urllib.parse import urlsplit, urlunsplit

import yaml

API = "https://api.krea.ai"
RESULTS = "https://gen.krea.ai"
MEDIA = ("image/", "video/", "audio/", "model/", "application/octet-stream")

# Lists of what stays, not of what goes: a header that nobody thought of is not written down.
REQUEST_HEADERS = frozenset({"content-type", "x-webhook-url"})
RESPONSE_HEADERS = frozenset({"content-type", "deprecation", "sunset", "link", "retry-after"})

# A whole PNG of one pixel in the place of every result.
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
URL = re.compile(r"https?://[^\s\"\\<>]+")


class Tape:
    """Rewrites exchanges on their way to a cassette.

    `origin` is where they really took place; every address there becomes one of the API's. `secrets` are texts that are
    blotted out wherever they stand.
    """

    def __init__(self, origin: str = API, secrets: Iterable[str] = ()) -> None:
        self._origin = origin.rstrip("/")
        self._secrets = [secret for secret in secrets if secret]

    def request(self, request: Any) -> Any:
        """Rewrite a request of vcrpy; one that is rewritten already stays as it is."""
        request.uri = self._address(request.uri)
        request.headers = {
            name: self._blotted(value) for name, value in request.headers.items() if name.lower() in REQUEST_HEADERS
        }
        if request.body:
            request.body = self._text(request.body.decode()).encode()
        return request

    def response(self, response: Mapping[str, Any]) -> dict[str, Any]:
        """Rewrite a response of vcrpy: headers of the list, addresses of the API, one pixel for every picture."""
        headers = {
            name.lower(): [self._blotted(value) for value in values]
            for name, values in response["headers"].items()
            if name.lower() in RESPONSE_HEADERS
        }
        body: bytes = response["body"]["string"]
        if headers.get("content-type", [""])[0].startswith(MEDIA):
            headers["content-type"], body = ["image/png"], PIXEL
        elif body:
            body = self._text(body.decode()).encode()
        return {"status": dict(response["status"]), "headers": headers, "body": {"string": body}}

    def _text(self, text: str) -> str:
        return self._blotted(URL.sub(lambda match: self._address(match[0]), text))

    def _blotted(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, "[secret]")
        return text

    def _address(self, url: str) -> str:
        parts = urlsplit(url)
        if f"{parts.scheme}://{parts.netloc}" == self._origin:
            if not parts.path.startswith("/images/"):
                return API + urlunsplit(("", "", parts.path, parts.query, ""))
            parts = parts._replace(scheme="https", netloc=urlsplit(RESULTS).netloc)
        elif url.startswith(API + "/"):
            return url
        # What stands behind the question mark of a result's address may be a signature.
        return urlunsplit((parts.scheme, parts.netloc, parts.path, "", ""))


def labelled(label: Mapping[str, str]) -> Any:
    """Make a serializer for vcrpy whose cassettes begin with a label that says where they come from."""

    class Labelled:
        @staticmethod
        def serialize(cassette: dict[str, Any]) -> str:
            labelled = {"recorded": dict(label), **cassette}
            return yaml.safe_dump(labelled, sort_keys=False, allow_unicode=True, width=120)

        @staticmethod
        def deserialize(text: str) -> Any:
            return yaml.safe_load(text)

    return Labelled


def read(text: str) -> dict[str, Any]:
    """Read a cassette; raises ValueError when it is none."""
    document = yaml.safe_load(text)
    if not isinstance(document, dict) or "interactions" not in document:
        raise ValueError("this is no cassette: it has no interactions")
    return cast("dict[str, Any]", document)


def texts(cassette: object) -> list[str]:
    """Return every text of a cassette, names and bytes included, and JSON taken apart."""
    if isinstance(cassette, bytes):
        return texts(cassette.decode("utf-8", "replace"))
    if isinstance(cassette, str):
        return [cassette, *_inside_json(cassette)]
    if isinstance(cassette, Mapping):
        pairs = cast("Mapping[object, object]", cassette)
        return [text for pair in pairs.items() for part in pair for text in texts(part)]
    if isinstance(cassette, list):
        return [text for part in cast("list[object]", cassette) for text in texts(part)]
    return []


def _inside_json(text: str) -> list[str]:
    loads: Callable[[str], object] = json.loads
    try:
        read = loads(text)
    except ValueError:
        return []
    return texts(read) if isinstance(read, dict | list) else []
