"""A request object that an older version pickled lacks the fields that its class has got since."""

from typing import Any

import pytest

from krea_api.models import StyleReference, ZImageRequest
from krea_client import Krea, RequestInvalid
from krea_client._request.unpickled import completed
from krea_client.sandbox import Sandbox


def unpickled(request: Any, *missing: str) -> Any:
    """Return a copy of a request object that lacks fields, as an old pickle gives it."""
    state = {name: value for name, value in request.__getstate__().items() if name not in missing}
    copy = type(request).__new__(type(request))
    copy.__setstate__(state)
    return copy


def request() -> ZImageRequest:
    style = unpickled(StyleReference(id="a", strength=1.0))
    return ZImageRequest(prompt="a fox", aspect_ratio="1:1", resolution="1K", styles=[style])


def test_fields_that_it_lacks_have_their_defaults() -> None:
    assert completed(unpickled(request(), "style_images", "seed")).to_dict() == request().to_dict()


def test_it_can_be_sent() -> None:
    sandbox = Sandbox(time_scale=0)
    krea = Krea("token", transport=sandbox.transport(), clock=sandbox.clock)
    plain = ZImageRequest(prompt="a fox", aspect_ratio="1:1", resolution="1K")
    krea.submit(unpickled(plain, "style_images"))
    assert len(sandbox.ledger) == 1


def test_one_that_lacks_a_required_field_is_refused_with_what_to_do() -> None:
    sandbox = Sandbox(time_scale=0)
    krea = Krea("token", transport=sandbox.transport(), clock=sandbox.clock)
    with pytest.raises(RequestInvalid, match="build an object anew that an older version pickled"):
        krea.submit(unpickled(request(), "prompt"))
    assert not sandbox.ledger
