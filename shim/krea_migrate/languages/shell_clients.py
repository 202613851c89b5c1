"""What curl, HTTPie, xh and wget are given on their command line: the address, the method and the body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from krea_migrate import ir, profile
from krea_migrate.languages.shell_files import ShellFiles
from krea_migrate.languages.shell_words import ShellWord

_CLIENTS = {
    **dict.fromkeys(("curl", "curl.exe", "$CURL", "${CURL}"), "curl"),
    **dict.fromkeys(("http", "https", "xh", "xhs"), "http"),
    "wget": "wget",
}
_TALK = frozenset(
    {"echo", "printf", "command", "which", "type", "apt", "apt-get", "apk", "brew", "dnf", "yum", "jq", "need"}
)
_BODIES = ("-d", "--data", "--data-raw", "--data-binary", "--json", "--data-ascii")
# What the word behind an option is; "" for what does not matter here.
_FLAGS = {
    **dict.fromkeys((*_BODIES, "--post-data", "--body-data", "--raw"), "data"),
    **dict.fromkeys(("--post-file", "--body-file"), "file"),
    **dict.fromkeys(("-X", "--request", "--method"), "method"),
    "--url": "url",
    **dict.fromkeys(("-H", "-o", "-u", "-A", "-m", "-w", "-F", "-b", "-c", "-x", "-e", "-T", "-K", "-D", "-O-"), ""),
    **dict.fromkeys(("--header", "--output", "--user", "--form", "--max-time", "--retry", "--connect-timeout"), ""),
    **dict.fromkeys(("--write-out", "--proxy", "--data-urlencode", "--retry-delay", "--form-string", "--cacert"), ""),
    **dict.fromkeys(("--cert", "--key", "--oauth2-bearer", "--resolve", "--retry-max-time", "--user-agent"), ""),
    "--dump-header": "",
}
_OF_HTTP = frozenset(
    {"-a", "--auth", "-A", "--auth-type", "-o", "--output", "--timeout", "-p", "--print", "-s", "--style", "--session"}
)
_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})
_ADDRESS = re.compile(r"url|uri|api|endpoint|host|base", re.IGNORECASE)
_ITEM = re.compile(r"(?P<quote>['\"]?)(?P<name>[A-Za-z_][\w-]*)(?P<mark>:=@?|=@|==|=|@|:)")


def where(words: Sequence[ShellWord]) -> int | None:
    """Return the word that is a client, if the command calls one."""
    own, verb = profile.active().own_command
    for number, word in enumerate(words):
        name = word.raw.strip("\"'").rsplit("/", 1)[-1]
        if number == 0 and name == own and words[1:2] and words[1].raw == verb and len(words) > 2:
            return 0
        if name == own:
            return None
        if name in _CLIENTS and (number == 0 or _CLIENTS[name] == "curl"):
            return number
        if name in _TALK:
            return None
    return None


def send(shell: ShellFiles, words: Sequence[ShellWord], fed: ir.Node | None) -> None:
    """Add the request that a client makes."""
    name = words[0].raw.strip("\"'").rsplit("/", 1)[-1]
    is_own = name == profile.active().own_command[0]
    reader = _own_client if is_own else _httpie if _CLIENTS[name] == "http" else given
    options = list(reader(shell, words[1:], fed))
    if any(option.name == "query" for option in options):
        return
    scopes = shell.scopes
    if any(word.raw.strip('"') in ("$@", "${@}", "$*") or word.raw.startswith(('"${@:', "${@:")) for word in words):
        missing = {"data", "url"} - {option.name for option in options}
        at = words[0].start
        options += [ir.Word(element, scopes.named("@" + element, at, at), -1) for element in sorted(missing)]
    values = {option.name: option.value for option in reversed(options)}
    bodies = [option.value for option in options if option.name == "data"]
    span = scopes.span(words[0].start, words[-1].end)
    scopes.request(ir.RequestNode(*span, values.get("url"), bodies, values.get("method")), weak=is_own)


def given(shell: ShellFiles, words: Sequence[ShellWord], fed: ir.Node | None) -> Iterator[ir.Word]:
    """Yield the options of curl and wget, as far as they matter."""
    following, addressed, plain = iter(words), False, list[ShellWord]()
    for word in following:
        option, joined, _ = word.raw.partition("=") if word.raw.startswith("--") else (word.raw, "", "")
        if option in ("-G", "--get"):
            yield ir.Word("query", shell.scopes.opaque(word.start), -1)
        kind = _FLAGS.get(option)
        if kind is not None:
            value, skip = (word, len(option) + 1) if joined else (next(following, None), 0)
        elif word.raw[:2] in ("-d", "-X") and not word.raw.startswith("--"):
            kind, value, skip = _FLAGS[word.raw[:2]], word, 2
        else:
            if not option.startswith("-") and not word.raw.strip('"').startswith("$@"):
                plain.append(word)
            continue
        if value is not None and kind:
            node = _data(shell, value, fed, skip) if kind == "data" else shell.node(value, skip)
            if kind == "file":
                kind, node = "data", shell.loaded(value, skip)
            addressed |= kind == "url"
            yield ir.Word(kind, node, -1)
    if plain and not addressed:
        yield ir.Word("url", shell.node(max(plain, key=_like_address)), -1)


def _like_address(word: ShellWord) -> int:
    """Return which of the words without an option is the address: the others are options out of variables."""
    plain = word.raw.strip("\"'")
    if plain.startswith(("/dev/", ">")):
        return -1
    speaks = _ADDRESS.search(plain) is not None or profile.active().names(plain)
    return 2 * ("/" in plain) + speaks + (plain != word.raw)


def _data(shell: ShellFiles, value: ShellWord, fed: ir.Node | None, skip: int) -> ir.Node:
    text = value.raw[skip:].strip("'\"")
    if text in ("@-", "@/dev/stdin"):
        return fed or shell.stdin()
    if text.startswith("@<(") or (text == "@" and value.parts):
        return shell.scopes.opaque(value.start)
    if text.startswith("@"):
        return shell.loaded(value, skip)
    return shell.node(value, skip)


def _httpie(shell: ShellFiles, words: Sequence[ShellWord], fed: ir.Node | None) -> Iterator[ir.Word]:
    """Yield what HTTPie and xh are given: POST address name=value name:=json Header:value."""
    plain = list(_without_options(words))
    for word in words:
        if word.raw in ("-f", "--form", "--multipart"):
            yield ir.Word("query", shell.scopes.opaque(word.start), -1)
        elif word.raw.startswith("--raw="):
            yield ir.Word("data", shell.node(word, 6), -1)
    if plain and plain[0].raw.upper() in _METHODS:
        yield ir.Word("method", shell.node(plain.pop(0)), -1)
    if not plain:
        return
    yield ir.Word("url", shell.node(plain.pop(0)), -1)
    entries = [entry for word in plain for entry in _item(shell, word)]
    file_word = next((word for word in plain if word.raw.startswith("@")), None)
    if file_word is not None and not entries:
        yield ir.Word("data", shell.loaded(file_word), -1)
    elif entries:
        yield _body(shell, entries)
    elif fed is not None:
        yield ir.Word("data", fed, -1)


def _own_client(shell: ShellFiles, words: Sequence[ShellWord], _fed: ir.Node | None) -> Iterator[ir.Word]:
    """Yield what the API's own client sends: krea generate video -m model -i name=value; what stands behind -i goes into the body."""
    entries: list[ir.Entry] = []
    model: ir.Node = shell.scopes.opaque(words[0].start)
    for option, word in pairwise(words):
        if option.raw in ("-i", "--input"):
            entries += _item(shell, word)
        elif option.raw in ("-m", "--model"):
            model = shell.scopes.opaque(word.start) if word.raw.strip("'\"").startswith("<") else shell.node(word)
    start, kind = shell.scopes.place(words[0].start), words[1].raw if len(words) > 1 else ""
    front = ir.Str(start, start, f"https://{profile.active().host}{profile.active().prefix}{kind}/")
    yield ir.Word("url", ir.Text(start, start, [front, model]), -1)
    if entries:
        yield _body(shell, entries)


def _body(shell: ShellFiles, entries: list[ir.Entry]) -> ir.Word:
    literal = shell.scopes.literal((entries[0].value.start, entries[-1].value.end), entries)
    return ir.Word("data", literal, -1)


def _without_options(words: Sequence[ShellWord]) -> Iterator[ShellWord]:
    following = iter(words)
    for word in following:
        if word.raw in _OF_HTTP:
            next(following, None)
        elif not word.raw.startswith("-"):
            yield word


def _item(shell: ShellFiles, word: ShellWord) -> Iterator[ir.Entry]:
    match = _ITEM.match(word.raw)
    if match is None or match["mark"] in ("==", "@", ":"):
        return
    start = shell.scopes.place(word.start + match.start("name"))
    key = ir.Str(start, start + len(match["name"]), match["name"], start)
    end = shell.scopes.place(word.end)
    yield ir.Entry(key, ir.Opaque(end, end), bare=True)
