"""`krea-client run`: an old program under the new names, as help shows it."""

from __future__ import annotations

import click


@click.command("run", context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})
@click.option("-m", "as_module", is_flag=True, help="PROGRAM is the name of a module, as with python -m.")
@click.argument("program")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def run_program(program: str, arguments: tuple[str, ...], as_module: bool) -> int:
    """Run a Python program of last year, unchanged.

    What it sends to Krea with httpx, requests or urllib goes out under the names that the API takes today, with a warning at its
    own line for each old one. Everything else is as `python PROGRAM ARGUMENTS` does it. KREA_CLIENT_ALIASES says what happens to
    old names, KREA_CLIENT_ALIAS_LOG names a file in which each use is recorded.

    \b
    krea-client run posters.py --count 3
    krea-client run -m posters --count 3
    """  # noqa: D301 - click asks for a real \b before lines that it shall not wrap
    from krea_client.cli import running

    return running.carry_out(program, arguments, as_module=as_module)
