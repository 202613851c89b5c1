"""What a job makes: which files, under which addresses, and how its result names them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from krea_client.sandbox.api_document import Operation

# Where files are kept, by their endings; each path goes on with the job's id.
SHELVES: Mapping[str, str] = {
    **dict.fromkeys(("png", "jpg", "jpeg", "webp"), "/images/"),
    "mp4": "/videos/",
    "wav": "/audio/",
    "glb": "/models/",
    "zip": "/exports/",
}
UPLOADS = "/uploads/"
PLACES = (*dict.fromkeys(SHELVES.values()), UPLOADS)
ID_LENGTH = 36  # characters of a UUID

PICTURE, FILM, SOUND, SOLID = "png", "mp4", "wav", "glb"


class Piece(NamedTuple):
    """One file of a result: the key that it has there, its ending, and what tells it from others of the job."""

    key: str
    ending: str
    mark: str = ""

    def path(self, job_id: str) -> str:
        """Give the path of the file."""
        return f"{SHELVES[self.ending]}{job_id}{'/' if self.mark else ''}{self.mark}.{self.ending}"


class Product(NamedTuple):
    """All files of a job. `shape` is how the result holds their addresses: as a `list`, as `parts` of a model, or as a `map`."""

    shape: str
    pieces: tuple[Piece, ...] = ()

    @property
    def has_preview(self) -> bool:
        """Whether a small picture is shown before the job is done."""
        return self.shape == "list" and self.pieces[0].ending != SOUND

    def urls(self, home: str, job_id: str) -> object:
        """Write the addresses as a result holds them."""
        addressed = [(piece.key, home + piece.path(job_id)) for piece in self.pieces]
        if self.shape == "list":
            return [url for _, url in addressed]
        if self.shape == "parts":
            return [{"type": key, "url": url} for key, url in addressed]
        found: dict[str, list[str]] = {}
        for key, url in addressed:
            found.setdefault(key, []).append(url)
        return {key: urls[0] if len(urls) == 1 else urls for key, urls in found.items()}

    def piece(self, path: str, job_id: str) -> Piece | None:
        """Find the file with that path."""
        return next((piece for piece in self.pieces if piece.path(job_id) == path), None)

    def solid(self, key: str | None) -> Piece | None:
        """Find the 3D model, of several the one with that key."""
        solids = [piece for piece in self.pieces if piece.ending == SOLID]
        return next((piece for piece in solids if key is None or key == piece.key or self.shape != "map"), None)


def preview_path(job_id: str) -> str:
    """Give the path of the picture that an unfinished job shows."""
    return f"{SHELVES[PICTURE]}{job_id}/preview.png"


def job_of(path: str) -> str:
    """Give the id of the job that a file's path begins with."""
    return path.split("/", 2)[2][:ID_LENGTH]


def product(operation: Operation, fields: Mapping[str, Any]) -> Product:
    """Say what a generation makes of these fields: a picture in the format asked for, a film, a sound, a model."""
    kind = operation.model.partition("/")[0]
    if kind == "3d":
        return Product("parts", (Piece("model", SOLID), Piece("preview", PICTURE)))
    if kind == "audio":
        return Product("list", (Piece("", SOUND),))
    if kind == "video" or "video_url" in operation.fields:
        return Product("list", (Piece("", FILM),))
    asked = fields.get("output_format")
    ending = asked if isinstance(asked, str) and SHELVES.get(asked) == SHELVES[PICTURE] else PICTURE
    return Product("list", (Piece("", ending),))
