"""Proves that models can be adopted from a document of the provider: scripts/prove-adoption."""
