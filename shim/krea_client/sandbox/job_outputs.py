"""What a job makes: which files, under which addresses, and how its result names them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from krea_client.sandbox.api_document import ApiOperation

# The folder of each file type; each path goes on with the job's id.
FOLDERS: Mapping[str, str] = {
    **dict.fromkeys(("png", "jpg", "jpeg", "webp"), "/images/"),
    "mp4": "/videos/",
    "wav": "/audio/",
    "glb": "/models/",
    "zip": "/exports/",
}
UPLOADS = "/uploads/"
FILE_PREFIXES = (*dict.fromkeys(FOLDERS.values()), UPLOADS)
ID_LENGTH = 36  # characters of a UUID

PICTURE, FILM, SOUND, SOLID = "png", "mp4", "wav", "glb"


class OutputFile(NamedTuple):
    """One file of a result: the key that it has there, its ending, and what tells it from others of the job."""

    key: str
    ending: str
    mark: str = ""

    def path(self, job_id: str) -> str:
        """Return the path of the file."""
        return f"{FOLDERS[self.ending]}{job_id}{'/' if self.mark else ''}{self.mark}.{self.ending}"


class JobOutputs(NamedTuple):
    """All files of a job. `shape` is how the result holds their addresses: as a `list`, as `parts` of a model, or as a `map`."""

    shape: str
    pieces: tuple[OutputFile, ...] = ()

    @property
    def has_preview(self) -> bool:
        """Whether a small picture is shown before the job is done."""
        return self.shape == "list" and self.pieces[0].ending != SOUND

    def urls(self, home: str, job_id: str, query: str = "") -> object:
        """Write the addresses as a result holds them, each with the query at its end."""
        addressed = [(piece.key, home + piece.path(job_id) + query) for piece in self.pieces]
        if self.shape == "list":
            return [url for _, url in addressed]
        if self.shape == "parts":
            return [{"type": key, "url": url} for key, url in addressed]
        by_key: dict[str, list[str]] = {}
        for key, url in addressed:
            by_key.setdefault(key, []).append(url)
        return {key: urls[0] if len(urls) == 1 else urls for key, urls in by_key.items()}

    def piece(self, path: str, job_id: str) -> OutputFile | None:
        """Return the file with that path."""
        return next((piece for piece in self.pieces if piece.path(job_id) == path), None)

    def solid(self, key: str | None) -> OutputFile | None:
        """Return the 3D model, of several the one with that key."""
        solids = [piece for piece in self.pieces if piece.ending == SOLID]
        return next((piece for piece in solids if key is None or key == piece.key or self.shape != "map"), None)


def preview_path(job_id: str) -> str:
    """Return the path of the picture that an unfinished job shows."""
    return f"{FOLDERS[PICTURE]}{job_id}/preview.png"


def job_of(path: str) -> str:
    """Return the id of the job that a file's path begins with."""
    return path.split("/", 2)[2][:ID_LENGTH]


def product(operation: ApiOperation, fields: Mapping[str, Any]) -> JobOutputs:
    """Say what a generation makes of these fields: a picture in the format asked for, a film, a sound, a model."""
    kind = operation.model.partition("/")[0]
    if kind == "3d":
        return JobOutputs("parts", (OutputFile("model", SOLID), OutputFile("preview", PICTURE)))
    if kind == "audio":
        return JobOutputs("list", (OutputFile("", SOUND),))
    if kind == "video" or "video_url" in operation.fields:
        return JobOutputs("list", (OutputFile("", FILM),))
    output_format = fields.get("output_format")
    ending = (
        output_format if isinstance(output_format, str) and FOLDERS.get(output_format) == FOLDERS[PICTURE] else PICTURE
    )
    return JobOutputs("list", (OutputFile("", ending),))
