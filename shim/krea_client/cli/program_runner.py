"""Run a user's program as Python itself would, under the adapters of `krea_client.legacy`: the work of `krea-client run`."""

from __future__ import annotations

import builtins
import io
import runpy
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType, TracebackType

from krea_client import legacy
from krea_client.cli import error_reports, exit_codes, signals
from krea_client.legacy.adapter_options import as_compat_document

_CRASHED = 1


def run_program(program: str, arguments: Sequence[str], *, as_module: bool, compat_document: bool | None = None) -> int:
    """Run a script, or a module, and return the exit code; one that the program chose itself goes on as SystemExit.

    Args:
        program: the script's path, or the module's name.
        arguments: of the program.
        as_module: whether it is a module.
        compat_document: whether the deprecated names are kept in the API's document; where None, the environment decides, else yes.

    Raises:
        Interrupted: Ctrl-C ended the program, which has been shown.
    """
    try:
        run = _module(program, arguments) if as_module else _script(program, arguments)
        legacy.install(compat_document=as_compat_document(compat_document, default=True))
    except (OSError, SyntaxError, ValueError) as error:
        return _refused(program, error)
    signals.restore_python_defaults()
    try:
        run()
    except KeyboardInterrupt as stopped:
        _show(stopped)
        raise signals.Interrupted from None
    except Exception as crash:  # noqa: BLE001  # whatever the program did not catch is shown as Python shows it
        _show(crash)
        return _CRASHED
    return 0


def hides_this_package(program: str, *, as_module: bool) -> bool:
    """Return whether the program's folder has a module of its own called krea_client, which it would not get in this process."""
    folder = Path.cwd() if as_module else Path(program).resolve().parent
    return any((folder / name).exists() for name in ("krea_client.py", "krea_client"))


def python_command(program: str, arguments: Sequence[str], *, as_module: bool) -> list[str]:
    """Return the command that runs a Python program in a process of its own."""
    return [sys.executable, *(["-m"] if as_module else []), program, *arguments]


def nested_command(program: str, arguments: Sequence[str], as_module: bool, compat_document: bool | None) -> list[str]:
    """Return the command that runs a Python program by `krea-client run`, in a process that a gateway leads."""
    choice = {None: [], True: ["--compat-document"], False: ["--no-compat-document"]}[compat_document]
    command = [sys.executable, "-m", "krea_client.cli", "run", *choice]
    return [*command, *(["-m"] if as_module else []), program, *arguments]


def _refused(program: str, error: Exception) -> int:
    if isinstance(error, OSError):
        return error_reports.say(f"cannot read {program}: {error.strerror}", exit_codes.USAGE)
    if isinstance(error, SyntaxError):
        _show(error)
        return _CRASHED
    return error_reports.say(str(error), exit_codes.USAGE)


def _script(program: str, arguments: Sequence[str]) -> Callable[[], object]:
    if Path(program).is_dir() or zipfile.is_zipfile(program):
        return _package(program, arguments)
    place = str(Path(program).absolute())  # which is also the name that Python gives to a script
    with io.open_code(place) as file:
        code = compile(file.read(), place, "exec", dont_inherit=True)
    sys.argv = [program, *arguments]
    _first_on_the_path(str(Path(program).resolve().parent))
    main = ModuleType("__main__")
    main.__dict__.update(__builtins__=builtins, __file__=place, __cached__=None)
    # It stays the main module to the end: threads, atexit functions and pickles look there.
    sys.modules["__main__"] = main
    return lambda: exec(code, main.__dict__)  # noqa: S102  # running the program is what was asked for


def _package(program: str, arguments: Sequence[str]) -> Callable[[], object]:
    """Return what runs the __main__ of a folder or of a zip archive, as zipapp makes them."""
    if Path(program).is_dir() and not (Path(program) / "__main__.py").is_file():
        raise ValueError(f"cannot run {program}: it is a folder without __main__.py")
    sys.argv = [program, *arguments]
    sys.path[0] = program
    return lambda: runpy.run_path(program, run_name="__main__")


def _module(program: str, arguments: Sequence[str]) -> Callable[[], object]:
    sys.argv = [program, *arguments]
    _first_on_the_path(str(Path.cwd()))
    return lambda: runpy.run_module(program, run_name="__main__", alter_sys=True)


def _first_on_the_path(folder: str) -> None:
    if not sys.flags.safe_path:  # what stands there is the folder of the command `krea-client`
        sys.path[0] = folder


def _show(error: BaseException) -> None:
    """Show an error without the frames of what runs the program."""
    trace: TracebackType | None = error.__traceback__
    own_file = str(Path(__file__))
    while trace is not None and trace.tb_frame.f_code.co_filename in (own_file, runpy.__file__, "<frozen runpy>"):
        trace = trace.tb_next
    sys.excepthook(type(error), error.with_traceback(trace), trace)
