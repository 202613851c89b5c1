"""Faults played against the client, judged by the sandbox's ledger; the figures of docs/reliability.md come from here."""
