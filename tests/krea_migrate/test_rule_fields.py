"""KREA106."""

from .looking import URL, said, written

HEAD = "from dataclasses import dataclass, asdict\nimport requests\n@dataclass\nclass Body:\n    aspectRatio: str\n"


def test_classes_that_do_not_become_bodies_stay() -> None:
    source = HEAD + f'print(asdict(Body(aspectRatio="1:1")))\nrequests.post("{URL}", json={{"prompt": "x"}})\n'
    assert said(a__py=source) == []


def test_a_field_its_keyword_and_its_uses() -> None:
    source = (
        HEAD + f'body = Body(aspectRatio="1:1")\nprint(body.aspectRatio)\nrequests.post("{URL}", json=asdict(body))\n'
    )
    assert written(a__py=source) == source.replace("aspectRatio", "aspect_ratio")


def test_an_alias_is_the_key() -> None:
    source = f"""
from pydantic import BaseModel, Field
import requests
class Body(BaseModel):
    aspectRatioOfAll: str = Field(alias="aspectRatio")
requests.post("{URL}", json=Body(aspectRatio="1:1").model_dump(by_alias=True))
"""
    expected = source.replace('"aspectRatio"', '"aspect_ratio"').replace("(aspectRatio=", "(aspect_ratio=")
    assert written(a__py=source) == expected


def test_a_use_that_cannot_be_followed_keeps_all_of_it() -> None:
    source = HEAD + f'def told(x):\n    return x.aspectRatio\nrequests.post("{URL}", json=asdict(Body("1:1")))\n'
    assert said(a__py=source) == [("aspectRatio", "unsure")]
    assert written("likely", a__py=source) == source


def test_a_generator_of_aliases_is_only_shown() -> None:
    source = f"""
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel
import requests
class Body(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel)
    aspect_ratio: str
requests.post("{URL}", json=Body(aspectRatio="1:1").model_dump(BY_ALIAS))
"""
    assert said("KREA106", a__py=source.replace("BY_ALIAS", "")) == []
    assert said("KREA106", a__py=source.replace("BY_ALIAS", "by_alias=True")) == [("aspectRatio", "unsure")]


def test_a_parameter_that_is_elsewhere_of_another_class_leaves_it_likely() -> None:
    unrelated = "@dataclass\nclass Row:\n    aspectRatio: str\n\ndef one(row):\n    return row.aspectRatio\n\n"
    source = HEAD + unrelated + "def two(row):\n    return row.aspectRatio\n\none(Row('1:1'))\n"
    source += f'requests.post("{URL}", json=asdict(Body("1:1")))\n'
    assert said(a__py=source) == [("aspectRatio", "likely")]
