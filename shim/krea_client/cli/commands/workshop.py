"""`krea-client sandbox` and `doctor`: what is of use around the calls, as help shows it."""

from __future__ import annotations

import click

from krea_client.cli import options


@click.command()
@click.option("--offline", is_flag=True, help="Ask nothing of the network.")
@options.as_json
def doctor(offline: bool, as_json: bool) -> int:
    """Check this installation and its connection.

    Shows where the token was found, never the token. Exit code 1 when something is not as it should be.
    """
    from krea_client.cli import doctor as work

    return work.carry_out(network=not offline, as_json=as_json)


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8787, show_default=True, help="0 takes any free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Keep it on loopback unless you know why.")
@click.option(
    "--date", help="The sandbox's today, such as 2026-06-18, when old names were still accepted. [default: now]"
)
@click.option("--balance", type=click.FloatRange(min=0), default=10.0, show_default=True, help="USD that may be spent.")
@click.option(
    "--concurrent", type=click.IntRange(min=1), default=8, show_default=True, help="Jobs at once; beyond it 429."
)
@click.option(
    "--time-scale", type=click.FloatRange(min=0), default=1.0, show_default=True, help="Its seconds in one of ours."
)
@click.option("--seed", type=int, default=0, show_default=True, help="Fixes the job ids.")
@options.as_json
def sandbox(
    port: int,
    host: str,
    date: str | None,
    balance: float,
    concurrent: int,
    time_scale: float,
    seed: int,
    as_json: bool,
) -> int:
    """Serve a Krea API of your own, for tests and practice.

    Its address is printed when it is ready. It keeps everything in memory, draws its pictures itself and bills nothing.
    """
    from krea_client.cli import serving

    return serving.carry_out(
        serving.Wish(
            port=port,
            host=host,
            date=date,
            balance=balance,
            concurrent=concurrent,
            time_scale=time_scale,
            seed=seed,
            as_json=as_json,
        )
    )
