"""`krea-client completion`: what a shell reads to complete this command."""

from __future__ import annotations

import click

from krea_client.cli import console, shell_completion


@click.command()
@click.argument("shell", type=click.Choice(shell_completion.SHELLS))
def completion(shell: str) -> int:
    """Print the completion script of a SHELL.

    It completes commands, options, models, fields, and the values that a field may have.

    \b
    bash: echo 'eval "$(krea-client completion bash)"' >> ~/.bashrc
    zsh:  echo 'eval "$(krea-client completion zsh)"' >> ~/.zshrc     (after compinit)
    fish: krea-client completion fish > ~/.config/fish/completions/krea-client.fish
    """  # noqa: D301 - click asks for a real \b before lines that it shall not wrap
    console.result(shell_completion.script(shell), newline=False)
    return 0


COMMAND = completion
