"""Styles: a few that everybody has, and the ones that trainings make."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

ACCOUNT: Mapping[str, Any] = {"id": "5a4db0c5-0000-4000-8000-000000000001", "name": "sandbox", "avatar_url": None}
KREA: Mapping[str, Any] = {"id": "5a4db0c5-0000-4000-8000-000000000002", "name": "krea", "avatar_url": None}
OTHER_USER: Mapping[str, Any] = {
    "id": "5a4db0c5-0000-4000-8000-000000000003",
    "name": "somebody-else",
    "avatar_url": None,
}
WORKSPACE: Mapping[str, Any] = {"id": "5a4db0c5-0000-4000-8000-000000000004", "name": "Sandbox", "is_default": True}

MOST_STYLES = 5_000
_EXAMPLES = (
    ("sandbox-engraving", "Engraving", KREA, ["flux_dev"]),
    ("sandbox-gouache", "Gouache", KREA, ["z-image", "k2"]),
    ("sandbox-felt", "Felt", OTHER_USER, ["qwen"]),
)


@dataclass(slots=True)
class StoredStyle:
    """One style. It is `ready` when its training has completed; until then, nobody sees it."""

    style_id: str
    title: str | None
    urls: list[str]
    owner: Mapping[str, Any]
    models: list[str]
    created_at: str
    public: bool = False
    cover_url: str | None = None
    prompt: str = ""
    shared: bool = False
    linked: bool = False
    ready: bool = False

    @property
    def own(self) -> bool:
        """Whether the account owns it."""
        return self.owner is ACCOUNT

    def describe(self) -> dict[str, Any]:
        """Write the style as the API shows it."""
        return {
            "id": self.style_id,
            "title": self.title,
            "urls": self.urls,
            "public": self.public,
            "cover_url": self.cover_url,
            "prompt": self.prompt,
            "models": self.models,
            "owner": dict(self.owner),
            "like_count": 0,
            "created_at": self.created_at,
        }


@dataclass(slots=True)
class StyleStore:
    """Keeps styles, the newest last; the oldest trained ones make room for new ones."""

    _by_id: dict[str, StoredStyle] = field(default_factory=dict[str, StoredStyle])
    _trained: int = 0

    def __post_init__(self) -> None:
        for style_id, title, owner, models in _EXAMPLES:
            created_at = "2026-01-01T00:00:00.000000Z"
            self._by_id[style_id] = StoredStyle(style_id, title, [], owner, models, created_at, public=True, ready=True)

    def train(self, fields: Mapping[str, Any], created_at: str) -> str:
        """Begin a private style from a training's fields, and give the id that it will have."""
        self._trained += 1
        style_id = f"style-{self._trained}"
        urls = addresses(fields["urls"])
        model: str = fields.get("model", "flux_dev")
        self._by_id[style_id] = StoredStyle(
            style_id, fields["name"], urls, ACCOUNT, [model], created_at, False, None, fields.get("trigger_word", "")
        )
        if len(self._by_id) > MOST_STYLES:
            del self._by_id[next(style.style_id for style in self._by_id.values() if style.own)]
        return style_id

    def publish(self, style_id: str, completed: bool) -> None:
        """Show the style of a training that has completed, or forget that of another."""
        style = self._by_id.get(style_id)
        if style is None:
            return
        if completed:
            style.ready = True
        else:
            del self._by_id[style_id]

    def find(self, style_id: str) -> StoredStyle | None:
        """Return the style of that id, if it is to be seen."""
        style = self._by_id.get(style_id)
        return style if style is not None and style.ready else None

    def page(
        self, after: str | None, limit: int, matches: Callable[[StoredStyle], bool]
    ) -> tuple[list[StoredStyle], str | None]:
        """Return up to `limit` wanted styles, newest first, and where the next page begins; raises KeyError for another cursor."""
        styles = [style for style in reversed(self._by_id.values()) if style.ready]
        if after is not None:
            places = {style.style_id: place for place, style in enumerate(styles)}
            styles = styles[places[after] + 1 :]
        page = [style for style in styles if matches(style)]
        return page[:limit], page[limit - 1].style_id if len(page) > limit else None


def addresses(urls: list[str]) -> list[str]:
    """Leave out pictures that came in the request itself, so that a style stays small."""
    return [url for url in urls if not url.startswith("data:")]


def share_link(style: StoredStyle, home: str) -> str:
    """Return the address by which others can use a style."""
    return f"{home}/styles/{quote(style.style_id)}"
