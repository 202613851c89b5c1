"""The API that programs are migrated for. The engine knows it by this object only; Krea's is made of krea_client.codemod_profile."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache, wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

if TYPE_CHECKING:
    from krea_client.codemod_profile import Operation


@dataclass(frozen=True)
class Gone:
    """A model that was switched off."""

    model: str
    replacement: str | None
    sunset: str | None


@dataclass(frozen=True, eq=False)  # told apart by identity: tables are kept for each
class Profile:
    """An API.

    Attributes:
        title: as messages name it.
        word: what names that have to do with it hold, in lower case.
        domain: of all its hosts.
        host: of its operations.
        prefix: of the paths of operations that name a model, such as "/generate/".
        kinds: what stands behind the prefix.
        own_clients: what makes an object of the API's own client, as a program names it.
        own_calls: the methods of that object that take a model and a body.
        own_command: the words that a command of the API's own command line begins with, before the kind of model.
        common_names: deprecated names that other data has too.
        other_paths: what else the host serves, such as its own description; no body of a model goes there.
        map_input: how a program maps deprecated names that it is given, by its language; "" for all others.
        operations: gives the operations that take a body.
        paths: gives the paths of all operations.
        gone: gives the models that were switched off.
    """

    title: str
    word: str
    domain: str
    host: str
    prefix: str
    kinds: tuple[str, ...]
    own_clients: tuple[str, ...]
    own_calls: frozenset[str]
    own_command: tuple[str, str]
    common_names: frozenset[str]
    other_paths: frozenset[str]
    map_input: Mapping[str, str]
    operations: Callable[[], list[Operation]]
    paths: Callable[[], list[str]]
    gone: Callable[[], list[Gone]]

    def names(self, text: str) -> bool:
        """Return whether a text holds the word of the API."""
        return self.word in text.lower()

    def say(self, template: str, **values: object) -> str:
        """Return a message about this API: {api} in the template is its title."""
        return template.format(api=self.title, **values)

    @cached_property
    def segment(self) -> str:
        """The prefix without its first slash."""
        return self.prefix.lstrip("/")

    @cached_property
    def spellings(self) -> tuple[bytes, bytes, bytes]:
        """The word in lower case, in capitals, and with one."""
        return self.word.encode(), self.word.upper().encode(), self.word.capitalize().encode()

    @cached_property
    def prefix_bytes(self) -> bytes:
        """The prefix, in bytes."""
        return self.prefix.encode()

    @cached_property
    def marks(self) -> tuple[bytes, bytes]:
        """The prefix and the word in lower case: a file without both has nothing to do with the API."""
        return self.prefix_bytes.lower(), self.word.encode()

    @cached_property
    def spoken(self) -> re.Pattern[bytes]:
        """The word where it is none inside another one, such as darkreader or kreativ."""
        small, capitals, first = self.spellings
        pattern = rb"(?:(?<![A-Za-z])|(?<=\\[nrt]))%b(?!t[a-z])|%b(?!t[a-z])|(?<![A-Z])%b(?!T[A-Z])"
        return re.compile(pattern % (small, first, capitals))

    @cached_property
    def addressed(self) -> re.Pattern[bytes]:
        """The prefix with a kind behind it, or with what the run puts there."""
        kinds = "|".join(self.kinds).encode()
        return re.compile(rb"%b(?:%b|[{$%%\"'<`])" % (re.escape(self.prefix_bytes), kinds))

    @cached_property
    def host_or_operation(self) -> re.Pattern[bytes]:
        """The host, or the prefix with a kind behind it."""
        kinds = "|".join(self.kinds).encode()
        return re.compile(rb"%b|%b(?:%b)" % (re.escape(self.host.encode()), re.escape(self.prefix_bytes), kinds))

    @cached_property
    def written_address(self) -> re.Pattern[bytes]:
        """An address of an operation as documents write it, with steps that the reader fills in."""
        step = rb"(?:[\w.-]{0,100}\w|\{\w+\}|<[\w-]+>)"
        return re.compile(rb"(?:https?://[\w.:-]{1,100})?%b%b(?:/%b)*" % (re.escape(self.prefix_bytes), step, step))

    @cached_property
    def modelled(self) -> re.Pattern[bytes]:
        """A model named in full."""
        return re.compile(rb"\b(?:%b)/[\w.-]+/[\w.-]+" % "|".join(self.kinds).encode())

    @cached_property
    def called(self) -> re.Pattern[bytes]:
        """What a program that sends something to the API holds."""
        small, capitals, first = self.spellings
        end = self.domain.rpartition(".")[2].encode()
        pattern = rb"%b[._-]?%b|%b|%b|%b(?=[_A-Z.])|" % (small, end, capitals, first, small)
        return re.compile(pattern + self.addressed.pattern)


_profiles: list[Profile] = []
Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")


def active() -> Profile:
    """Return the API that is looked for."""
    if not _profiles:
        _profiles.append(_of_client())
    return _profiles[-1]


@contextmanager
def using(profile: Profile) -> Generator[None]:
    """Look for another API inside."""
    active()
    _profiles.append(profile)
    try:
        yield
    finally:
        _profiles.pop()


def for_each_api(function: Callable[Arguments, Answer]) -> Callable[Arguments, Answer]:
    """Let a function remember its last 1,000 answers, for each API: each line of a batch file may have the same address."""

    @lru_cache(maxsize=1_000)
    def remembered(_: Profile, *args: Any, **words: Any) -> Answer:
        return function(*args, **words)

    @wraps(function)
    def answer(*args: Arguments.args, **words: Arguments.kwargs) -> Answer:
        return remembered(active(), *args, **words)  # type: ignore[arg-type]  # all arguments are texts

    return answer


def _of_client() -> Profile:
    from krea_client import codemod_profile as client

    def operations() -> list[Operation]:
        rows = client.catalogue().index["operations"].items()
        return [client.catalogue().operation(name) for name, entry in rows if entry["method"] == "POST"]

    def paths() -> list[str]:
        return [entry["path"] for entry in client.catalogue().index["operations"].values()]

    def gone() -> list[Gone]:
        rows = client.catalogue().index["gone_models"]
        return [Gone(row["model"], row["replacement"], row["sunset"]) for row in rows]

    return Profile(**client.API, operations=operations, paths=paths, gone=gone)
