"""An argument of another call that is passed as a field is refused with the call that takes it."""

from typing import Any

import pytest

from krea_client import Pace, RequestInvalid
from krea_client._spec.catalogue import catalogue
from krea_client.sandbox import Sandbox

from .adapter import ClientAdapter
from .conftest import GOOD

MISPLACED: list[tuple[str, Any, str]] = [
    ("headers", {"X-Team": "posters"}, "is an option of Krea(...)"),
    ("pace", Pace(), "is an option of Krea(...)"),
    ("budget", 5, "is an option of Krea(...)"),
    ("deadline", 60, "is an option of krea.run(...)"),
    ("at_once", 4, "is an option of krea.run_all(...)"),
    ("overwrite", True, "is an option of krea.save(...)"),
]


@pytest.mark.parametrize(("name", "value", "rule"), MISPLACED)
def test_a_misplaced_option_is_named_with_its_call(
    client: ClientAdapter, box: Sandbox, name: str, value: Any, rule: str
) -> None:
    with pytest.raises(RequestInvalid) as excinfo:
        client.submit("z-image/z-image", GOOD, **{name: value})
    [problem] = excinfo.value.problems
    assert problem.path == name
    assert rule in problem.rule
    assert box.requests == []


def test_no_documented_field_is_taken_for_an_option() -> None:
    from krea_client._request.build import ARGUMENTS_OF

    operations = [catalogue().of_model(model) for model in catalogue().models]
    fields = {name for operation in operations for name in (*operation.fields, *operation.aliases)}
    assert not fields & {name for names in ARGUMENTS_OF.values() for name in names}
