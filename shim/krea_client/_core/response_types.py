"""What an account keeps beside its jobs: assets, styles, node apps, usage. Frozen, read tolerantly, picklable."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date as Date
from datetime import datetime
from typing import Any, Self

from krea_client import _json


@dataclass(frozen=True, slots=True)
class Record:
    """Something that the API keeps, with its id.

    Attributes:
        id: its id; the one thing that every record has.
    """

    id: str
    _document: Mapping[str, Any] = field(default_factory=dict[str, Any], repr=False, compare=False)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Reads a record as the API writes it; only the id must be there.

        Raises:
            ValueError: there is no id in it.
        """
        found = _json.text(data.get("id"))
        if found is None:
            raise ValueError("it has no id")
        return cls(found, dict(data))

    @property
    def raw(self) -> dict[str, Any]:
        """The whole answer, with fields that this version does not know; a new dict each time."""
        return {**deepcopy(self._document)}

    def _text(self, name: str) -> str | None:
        return _json.text(self._document.get(name))

    def _number(self, name: str) -> float | None:
        return _json.number(self._document.get(name))


@dataclass(frozen=True, slots=True)
class Asset(Record):
    """An uploaded file. Its `url` is what a request takes as a media input."""

    @property
    def url(self) -> str:
        """Its address, whatever its kind; the API calls the field image_url."""
        return self._text("image_url") or ""

    @property
    def mime_type(self) -> str | None:
        """Its content type, such as "image/png", or None."""
        return self._text("mime_type")

    @property
    def size_bytes(self) -> int | None:
        """Its size in bytes, or None."""
        size = self._number("size_bytes")
        return None if size is None else int(size)

    @property
    def width(self) -> float | None:
        """Its width in pixels, or None."""
        return self._number("width")

    @property
    def height(self) -> float | None:
        """Its height in pixels, or None."""
        return self._number("height")

    @property
    def description(self) -> str | None:
        """What was said of it when it was uploaded, or None."""
        return self._text("description")

    @property
    def uploaded_at(self) -> datetime | None:
        """When it was uploaded, aware, or None."""
        return _json.moment(self._document.get("uploaded_at"))


@dataclass(frozen=True, slots=True)
class Style(Record):
    """A trained style (LoRA)."""

    @property
    def title(self) -> str | None:
        """Its title, or None."""
        return self._text("title")

    @property
    def public(self) -> bool:
        """True when everybody may use it."""
        return self._document.get("public") is True

    @property
    def urls(self) -> list[str]:
        """The addresses of its pictures."""
        return [url for url in _json.items(self._document.get("urls")) if isinstance(url, str)]

    @property
    def cover_url(self) -> str | None:
        """The address of its cover picture, or None."""
        return self._text("cover_url")

    @property
    def models(self) -> list[str]:
        """The models that it works with, as far as the API tells."""
        return [name for name in _json.items(self._document.get("models")) if isinstance(name, str)]

    @property
    def owner_name(self) -> str | None:
        """Who made it, or None."""
        return _json.text(_json.members(self._document.get("owner")).get("name"))

    @property
    def created_at(self) -> datetime | None:
        """When it was made, aware, or None."""
        return _json.moment(self._document.get("created_at"))


@dataclass(frozen=True, slots=True)
class NodeApp(Record):
    """A node app: a workflow that takes inputs of its own and gives jobs."""

    @property
    def name(self) -> str | None:
        """Its name, or None."""
        return self._text("name")

    @property
    def description(self) -> str | None:
        """What it does, in its author's words, or None."""
        return self._text("description")

    @property
    def input_schema(self) -> dict[str, Any] | None:
        """The JSON Schema of its inputs, or None."""
        return self.raw.get("input_openapi_schema")

    @property
    def output_schema(self) -> dict[str, Any] | None:
        """The JSON Schema of its outputs, or None."""
        return self.raw.get("output_openapi_schema")


@dataclass(frozen=True, slots=True)
class UsedJob:
    """What one job used.

    Attributes:
        job_id: the job.
        type: what kind of job, or None.
        compute_units: what it used, or None.
    """

    job_id: str
    type: str | None
    compute_units: float | None


@dataclass(frozen=True, slots=True)
class Usage:
    """What a workspace used in a span of days.

    Attributes:
        start, end: the first and the last day, or None where the API did not tell.
        jobs: what each job used.
    """

    start: Date | None
    end: Date | None
    jobs: tuple[UsedJob, ...]

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Usage:
        """Reads a usage report as the API writes it; rows without a job id are left out."""
        rows = [_json.members(row) for row in _json.items(data.get("jobs"))]
        return cls(
            _json.day(data.get("start_date")),
            _json.day(data.get("end_date")),
            tuple(
                UsedJob(job_id, _json.text(row.get("type")), _json.number(row.get("compute_units")))
                for row in rows
                if (job_id := _json.text(row.get("job_id")))
            ),
        )

    @property
    def compute_units(self) -> float:
        """The sum over all jobs."""
        return sum(job.compute_units or 0.0 for job in self.jobs)
