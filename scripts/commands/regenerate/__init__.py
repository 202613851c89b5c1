"""From spec/ to generated/: every step of `scripts/regenerate` is a module of this package."""
