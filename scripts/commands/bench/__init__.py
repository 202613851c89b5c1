"""Measures krea-client beside bare httpx, in interleaved runs, and writes docs/benchmarks.md. Run by scripts/bench."""
