"""Tests of scripts/docs-site."""
