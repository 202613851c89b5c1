"""`krea-client gateway`, and `krea-client run` for programs in any language: what the two commands do."""

from __future__ import annotations

import json
import logging
import os
import shutil
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from krea_client.cli import console, error_reports, exit_codes
from krea_client.cli.extras import ExtraMissing, require

if TYPE_CHECKING:
    from krea_client.legacy.gateway.field_usage import UsageLog
    from krea_client.legacy.gateway.translation import Translator
    from krea_client.sandbox import KreaSandbox

SANDBOX_TOKEN = "sandbox-token-that-the-api-refuses"  # noqa: S105  # no secret: it opens nothing
SHOWN_BODY = 200  # characters of a translated body in the report of a sandbox run
SHOWN_ROWS = 20
NOT_FOUND = 127  # as shells answer for a program that is not there
NOT_EXECUTABLE = 126


@dataclass(frozen=True)
class SandboxOptions:
    """The sandbox that requests are led to; `date` is its day, None for today, and `time_scale` its seconds in one real second."""

    date: str | None = None
    time_scale: float = 1.0


@dataclass(frozen=True)
class GatewayOptions:
    """The options of `krea-client gateway`; `upstream` None is the API itself."""

    port: int
    host: str
    upstream: str | None
    sandbox: SandboxOptions | None
    compat_document: bool


@dataclass(frozen=True)
class ProgramOptions:
    """The options of `krea-client run` that concern every program.

    Attributes:
        sandbox: where its calls are led; None for the API, or KREA_BASE_URL.
        compat_document: whether its document keeps the deprecated names; None leaves the choice to the environment.
        is_nested: the program runs under `krea-client run` again, which translates and reports; its calls are only led.
    """

    sandbox: SandboxOptions | None = None
    compat_document: bool | None = None
    is_nested: bool = False


def sandbox_options(sandbox: bool, date: str | None, time_scale: float | None) -> SandboxOptions | None:
    """Return the options of the sandbox, or None without one.

    Raises:
        click.UsageError: there is an option of the sandbox, but no sandbox.
    """
    if sandbox:
        return SandboxOptions(date, 1.0 if time_scale is None else time_scale)
    for name, value in (("--date", date), ("--time-scale", time_scale)):
        if value is not None:
            raise click.UsageError(f"{name} is an option of the sandbox: give --sandbox, too")
    return None


def serve_gateway(options: GatewayOptions) -> int:
    """Serve the reverse proxy until Ctrl-C or SIGTERM, which is its regular end; return the exit code."""
    try:
        from krea_client.legacy.gateway import listening
        from krea_client.legacy.gateway.field_usage import UsageLog
        from krea_client.legacy.gateway.forwarding import Gateway
    except ModuleNotFoundError as missing:
        return error_reports.say_missing("gateway", "the gateway", missing)
    logging.basicConfig(format="%(message)s", level=logging.WARNING, stream=sys.stderr)
    try:
        with ExitStack() as stack:
            upstream, _ = _upstream(stack, options.upstream, options.sandbox)
            app = Gateway(upstream, _translator(), UsageLog(), compat_document=options.compat_document)
            listening.serve(app, options.port, options.host, ready=lambda url: _announce(url, upstream))
    except KeyboardInterrupt:
        return 0
    except OSError as error:
        where = f"{options.host}, port {options.port}"
        text = f"cannot listen on {where}: {error.strerror}; choose another --port (0 takes any free one)"
        return error_reports.say(text, exit_codes.USAGE)
    except ValueError as error:
        return error_reports.say(str(error), exit_codes.USAGE)
    return 0


def run_any(command: Sequence[str], options: ProgramOptions) -> int:
    """Run a program in any language with its calls to the API translated; return its exit code."""
    try:
        from krea_client.legacy.adapter_options import as_compat_document
        from krea_client.legacy.gateway import launcher
        from krea_client.legacy.gateway.field_usage import UsageLog
        from krea_client.legacy.gateway.forwarding import Gateway
    except ModuleNotFoundError as missing:
        return error_reports.say_missing("gateway", "running programs in other languages", missing)
    if shutil.which(command[0]) is None:
        return _not_started(command[0])
    logging.getLogger("krea_client.gateway").addHandler(logging.NullHandler())  # the report at the end says it all
    logging.getLogger("httpx").setLevel(logging.WARNING)
    usage = UsageLog()
    try:
        with ExitStack() as stack:
            upstream, box = _upstream(stack, None, options.sandbox)
            host = urlsplit(_api_address()).hostname or ""
            compat_document = as_compat_document(options.compat_document, default=True)
            app = Gateway(upstream, _translator(), usage, api_host=host, compat_document=compat_document)
            code = launcher.run(command, app, host, _environment(options), warn=_say)
            if not options.is_nested:
                _report(usage, host, box)
    except OSError as error:
        return error_reports.say(f"cannot run {command[0]}: {error.strerror}", NOT_EXECUTABLE)
    except ValueError as error:
        return error_reports.say(str(error), exit_codes.USAGE)
    sys.stdout.flush()
    return launcher.end_like(code)


def must_be_led() -> bool:
    """Return whether calls to the API's own address have to be led to KREA_BASE_URL; say so where the packages for it are missing.

    Many legacy programs have that address written out, and who has set the variable, to a sandbox perhaps, expects nothing to be paid.
    """
    from krea_client._settings import BASE_URL_NAME

    address = os.environ.get(BASE_URL_NAME, "").strip()
    is_led = "KREA_CLIENT_GATEWAY" in os.environ  # by the command that started this one
    if not address or is_led or urlsplit(address).hostname == urlsplit(_api_address()).hostname:
        return False
    try:
        require("gateway", "leading calls to KREA_BASE_URL", "uvicorn", "cryptography")
    except ExtraMissing as missing:
        _say(f"a program that has {_api_address()} written out calls it in spite of KREA_BASE_URL; {missing}")
        return False
    return True


def _not_started(program: str) -> int:
    if os.path.exists(program):  # noqa: PTH110  # a name, not a path to work with
        return error_reports.say(f"cannot run {program}: it is not executable", NOT_EXECUTABLE)
    return error_reports.say(f"cannot run {program}: there is no such program", NOT_FOUND)


def _api_address() -> str:
    from krea_client.cli.current_catalogue import current_catalogue

    return str(current_catalogue().index["servers"])


def _translator() -> Translator:
    from krea_client.legacy.adapter_options import build_rewriter
    from krea_client.legacy.gateway.translation import Translator

    return Translator(build_rewriter({}), _api_address())


def _upstream(stack: ExitStack, address: str | None, sandbox: SandboxOptions | None) -> tuple[str, KreaSandbox | None]:
    """Return the address to pass requests on to, and the sandbox behind it if there is one.

    Raises:
        ValueError: the address, or the sandbox's date, is none.
    """
    from krea_client._settings import base_url_for

    if sandbox is None:
        return base_url_for(address, own_transport=False), None
    from krea_client.sandbox import KreaSandbox

    date = {"date": sandbox.date} if sandbox.date else {}
    box = stack.enter_context(KreaSandbox(**date, time_scale=sandbox.time_scale))
    return box.url, box


def _environment(options: ProgramOptions) -> dict[str, str]:
    from krea_client.legacy.gateway.child_environment import NESTED_NAME

    environment = dict(os.environ)
    if options.sandbox:
        # A call that goes past the gateway, to the real API, is refused there instead of being charged.
        environment.update(KREA_API_TOKEN=SANDBOX_TOKEN, KREA_API_KEY=SANDBOX_TOKEN)
    if options.is_nested:
        environment[NESTED_NAME] = "1"
    return environment


def _announce(url: str, upstream: str) -> None:
    # The address comes last: who waits for it may end the gateway at once, and the message is there by then.
    _say(f"the gateway is ready and passes requests on to {upstream}; report: {url}/__gateway__. Ctrl-C ends it.")
    console.result(url)


def _say(text: str) -> None:
    console.message(f"krea-client: {text}")


def _report(usage: UsageLog, host: str, box: KreaSandbox | None) -> None:
    _say(usage.summary())
    if not usage.calls:
        _say(
            f"no call to {host} was seen: the program made none, or its HTTP library went past the gateway; "
            "docs/legacy.md lists the libraries that do"
        )
    if usage.documents_without_deprecated_names:
        _say(
            "the program read the API's document, which has no deprecated names any more: a look-up in it may have failed "
            "silently; without --no-compat-document, the names are kept in it"
        )
    if usage.documents_with_deprecated_names:
        _say("the program read the API's document, in which the deprecated names were kept for it")
    rows = usage.rows()
    for use, source, row in rows[:SHOWN_ROWS]:
        times = "once" if row.count == 1 else f"{row.count} times"
        console.message(
            f"  {use.operation}: {use.old!r} {use.action} ({times}, {source.user_agent or 'no User-Agent'}): {use.advice}"
        )
    if len(rows) > SHOWN_ROWS:
        console.message(f"  and {len(rows) - SHOWN_ROWS} more")
    if box is not None:
        _report_sandbox(box)


def _report_sandbox(box: KreaSandbox) -> None:
    for row in box.ledger:
        body = json.dumps(row.fields, ensure_ascii=False)
        short = body if len(body) <= SHOWN_BODY else body[: SHOWN_BODY - 1] + "…"
        console.message(f"  accepted: {row.model} for {row.price:g} USD, {row.status}: {short}")
