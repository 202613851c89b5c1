"""Tests of scripts/architecture."""
