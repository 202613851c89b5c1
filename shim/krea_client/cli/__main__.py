"""`python -m krea_client.cli` is the command `krea-client`."""

from krea_client.cli import main

main()
