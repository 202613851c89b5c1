"""Tests of scripts/build."""
