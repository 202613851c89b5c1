"""The files of a tree: what .gitignore and habit leave out is left out, and the rest is looked at in bytes first."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from krea_migrate import profile
from krea_migrate.gitignore import Ignored, is_ignored, rules_above, rules_from
from krea_migrate.limits import READING

LANGUAGES = {
    **dict.fromkeys(("py", "pyw", "pyi"), "python"),
    **dict.fromkeys(("js", "jsx", "mjs", "cjs", "ts", "tsx", "mts", "cts"), "script"),
    **dict.fromkeys(("vue", "svelte", "astro", "html", "htm"), "script"),
    **dict.fromkeys(("json", "jsonl", "ndjson", "jsonc", "json5"), "json"),
    **dict.fromkeys(("yaml", "yml"), "yaml"),
    **dict.fromkeys(("md", "mdx", "markdown"), "markdown"),
    **dict.fromkeys(("sh", "bash", "zsh"), "shell"),
    **dict.fromkeys(("mk", "just"), "make"),
    **dict.fromkeys(("http", "rest", "hurl"), "http"),
    "ipynb": "notebook",
}
NAMES: dict[str, str] = dict.fromkeys(("Makefile", "makefile", "GNUmakefile", "justfile", "Justfile"), "make")
UNREAD = "unread"  # the language of all other text: no reader follows it, it is searched for names
# suffixes of files that hold no programs: media, archives, compiled code, translations, locks, differences, logs
_BINARY = frozenset(
    """
    png jpg jpeg gif webp avif bmp ico icns tif tiff psd heic exr hdr svgz mp3 m4a wav ogg oga flac aac opus mid mp4 m4v mov
    avi mkv webm glb gltf fbx obj stl ply usdz blend ttf otf woff woff2 eot zip gz tgz bz2 xz zst 7z rar tar jar war whl egg
    deb rpm dmg iso img apk ipa exe dll so dylib a o obj lib pdb class pyc pyo pyd wasm node bin dat db sqlite sqlite3 mdb
    parquet arrow feather npy npz pkl pickle pt pth onnx safetensors gguf h5 hdf5 tfrecord pdf doc docx xls xlsx ppt pptx
    odt ods odp key pages numbers mo po pot svg map lock snap sum diff patch orig rej log bak pem crt cer der p12 pfx jks
    keystore sig asc gpg swp
    """.split()  # noqa: SIM905  # a list of words a line each would take a page
)
_INTERPRETER = re.compile(rb"\A#![ \t]*(?P<path>\S+)(?P<words>[^\n]*)")
_AT_ONCE = 1 << 16  # bytes: nearly every file that people write
_CHUNK = 1 << 20  # bytes of a larger file that are searched at once
OVERLAP = 200  # bytes: longer than any name that is searched for
_SKIPPED = frozenset(
    {
        "node_modules",
        "__pycache__",
        "site-packages",
        "dist",
        "build",
        "venv",
        "env",
        "vendor",
        "vendored",
        "_vendor",
        "third_party",
    }
    | {"bower_components", "coverage", "htmlcov"}
)
# hidden folders that hold programs
_KEPT = frozenset(
    {".github", ".gitlab", ".circleci", ".claude", ".cursor", ".agents", ".codex", ".devcontainer", ".husky"}
)
_MARKERS = frozenset({"pyproject.toml", "setup.py", "setup.cfg", "package.json", "requirements.txt", ".git", "go.mod"})
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class TooLarge(Exception):
    """A file has more bytes than the limit; it was not loaded."""


class Tree(NamedTuple):
    """The files of a walk.

    Attributes:
        files: those that a reader follows, with their language.
        others: those that are only searched for names.
        tops: folders that are the top of a project.
        problems: what could not be listed, and why.
        alone: files that were named, and that are read without the folder around them, because it is too large.
    """

    files: dict[str, str]
    others: list[str]
    tops: frozenset[str]
    problems: dict[str, str]
    alone: frozenset[str] = frozenset()


def language_of(path: str, data: bytes | None = None) -> str:
    """Return the language of a file by its name, or by its first line where the name has no suffix; UNREAD for any other.

    Args:
        path: its path.
        data: its bytes, where the caller has them.
    """
    name = path.rsplit("/", 1)[-1]
    language = _by_name(name)
    if language is not None or "." in name.lstrip("."):
        return language or UNREAD
    if data is None:
        try:
            with open(path, "rb") as file:
                data = file.read(200)
        except OSError:
            return UNREAD
    return _by_first_line(data)


def _by_name(name: str) -> str | None:
    _, dot, suffix = name.rpartition(".")
    if not dot:
        return NAMES.get(name)
    return LANGUAGES.get(suffix) or LANGUAGES.get(suffix.lower())


def _by_first_line(data: bytes) -> str:
    """Return the language of `#!/usr/bin/env python3`."""
    line = _INTERPRETER.match(data[:200])
    if line is None:
        return UNREAD
    words = [line["path"].rsplit(b"/", 1)[-1], *line["words"].split()]
    if words[0] == b"env":
        words = [word for word in words[1:] if not word.startswith(b"-") and b"=" not in word]
    program = words[0].rsplit(b"/", 1)[-1] if words else b""
    if re.fullmatch(rb"(?:python|pypy)[\d.]*|uv", program):
        return "python"
    if program in (b"node", b"nodejs", b"deno", b"bun", b"tsx", b"ts-node"):
        return "script"
    return "shell" if program in (b"sh", b"bash", b"zsh", b"dash", b"ksh", b"ash") else UNREAD


def walk(paths: Sequence[str], exclude: Sequence[str] = ()) -> Tree:
    """Return all files below some paths, each path by its own name."""
    tree = Tree({}, [], frozenset(), {})
    tops: set[str] = set()
    excluded = Ignored(map(os.fsencode, exclude)) if exclude else None
    for path in paths:
        if os.path.isdir(path):
            _walk(path.rstrip("/") or "/", tree, tops, excluded)
        elif os.path.exists(path):
            _add(tree, path, language_of(path))
        else:
            tree.problems[path] = "does not exist"
    return tree._replace(tops=frozenset(tops))


def with_context(tree: Tree, paths: Sequence[str], exclude: Sequence[str] = ()) -> Tree:
    """Return a tree with the projects of the files among some paths: what they import, and what imports them.

    The project is the nearest folder above with a project's own file, or the file's folder where there is none and it is small.
    """
    absolute_paths = {os.path.abspath(path): path for path in paths if not os.path.isdir(path)}
    files, tops, alone = dict(tree.files), set(tree.tops), set[str]()
    for top in {_project_of(path) for path in absolute_paths}:
        absolute = all(os.path.isabs(path) for full, path in absolute_paths.items() if _project_of(full) == top)
        around = walk([top], exclude)
        is_project = top in {folder.rstrip("/") for folder in around.tops}
        if not is_project and len(around.files) > READING.context.value:
            alone.update(path for full, path in absolute_paths.items() if _project_of(full) == top)
            continue
        display = _as_named if absolute else os.path.relpath
        for path, language in around.files.items():
            files.setdefault(absolute_paths.get(path) or display(path), language)
        tops |= {"" if (folder := display(path.rstrip("/") or "/")) == "." else folder + "/" for path in around.tops}
    return tree._replace(files=files, tops=frozenset(tops), alone=frozenset(alone))


def _as_named(path: str) -> str:
    return path


def _project_of(path: str) -> str:
    """Return the folder of the project of a file, by its full path."""
    folder = own = os.path.dirname(path)
    while not any(os.path.exists(os.path.join(folder, marker)) for marker in _MARKERS):
        if folder == os.path.dirname(folder):
            return own
        folder = os.path.dirname(folder)
    return folder


def _walk(top: str, tree: Tree, tops: set[str], excluded: Ignored | None) -> None:
    prefix = "" if top == "." else top if top.endswith("/") else top + "/"
    stack: list[tuple[str, tuple[Ignored, ...]]] = [("", tuple(rules_above(top)))]
    while stack:
        inside, rules = stack.pop()
        try:
            with os.scandir(prefix + inside or ".") as listed:
                entries = list(listed)
        except OSError as error:
            tree.problems[prefix + inside] = f"could not be listed: {error.strerror}"
            continue
        names = {entry.name for entry in entries}
        if ".gitignore" in names and (here := rules_from(Path(f"{prefix}{inside}.gitignore"), base=inside)):
            rules = (*rules, here)
        if not names.isdisjoint(_MARKERS):
            tops.add(prefix + inside)
        for entry in entries:
            path = inside + entry.name
            if entry.is_dir(follow_symlinks=False):
                if _is_entered(entry.name) and not is_ignored(f"{path}/", rules, excluded):
                    stack.append((f"{path}/", rules))
                continue
            language = _language_in_folder(entry.name)
            if language is not None and not is_ignored(path, rules, excluded) and entry.is_file():
                _add(tree, prefix + path, language)


def _add(tree: Tree, path: str, language: str) -> None:
    if language == UNREAD:
        tree.others.append(path)
    else:
        tree.files[path] = language


def _is_entered(folder: str) -> bool:
    if folder.startswith("."):
        return folder in _KEPT
    return folder not in _SKIPPED and not folder.endswith(".egg-info")


def _language_in_folder(name: str) -> str | None:
    """Return the language of a file by its name; UNREAD where it has to be searched, None for what holds no programs."""
    _, dot, suffix = name.rpartition(".")
    if dot:
        language = LANGUAGES.get(suffix) or _by_name(name)
        return language or (None if suffix.lower() in _BINARY else UNREAD)
    return NAMES.get(name, UNREAD)


def read(path: str) -> bytes:
    """Return the bytes of a file.

    Raises:
        TooLarge: it has more bytes than the limit; nothing of it was kept.
        OSError: it cannot be read.
    """
    file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        data = os.read(file, _AT_ONCE)
        if len(data) == _AT_ONCE:
            if os.fstat(file).st_size > READING.bytes.value:
                raise TooLarge
            pieces = [data]
            while more := os.read(file, _AT_ONCE * 16):
                pieces.append(more)
            data = b"".join(pieces)
        return data
    finally:
        os.close(file)


def chunks(path: str) -> Iterator[tuple[int, bytes]]:
    """Yield the bytes of a file of any size in pieces, with their places; each begins with the last OVERLAP bytes of the one before."""
    with open(path, "rb") as file:
        at, tail = 0, b""
        while data := file.read(_CHUNK):
            yield at - len(tail), tail + data
            at += len(data)
            tail = (tail + data)[-OVERLAP:]


def speaks(data: bytes) -> bool:
    """Tell whether the bytes may have to do with the API."""
    api = profile.active()
    prefix, word = api.marks
    small = data.lower()  # three searches for the word's spellings would take longer
    if prefix in small and api.addressed.search(data):
        return True
    return word in small and api.spoken.search(data) is not None


def is_utf_16(data: bytes) -> bool:
    """Tell whether a byte-order mark says that the text is UTF-16, as some programs of Windows write it."""
    return data[:2] in _UTF_16


def top_of(path: str, tree: Tree) -> str:
    """Return the folder of the project that a program belongs to, with a slash at its end; "" for everything that was walked.

    That is the nearest folder with a project's own file. Without one it is all files where they are few, else the folder above
    the program's package.
    """
    folder = path.rpartition("/")[0] + "/" if "/" in path else ""
    above = folder
    while above:
        if above in tree.tops:
            return above
        above = _parent(above)
    if "" in tree.tops or len(tree.files) <= READING.context.value:
        return ""
    while folder and folder + "__init__.py" in tree.files:
        folder = _parent(folder)
    return folder


def _parent(folder: str) -> str:
    above = folder.rstrip("/").rpartition("/")[0]
    return above + "/" if above else ""
