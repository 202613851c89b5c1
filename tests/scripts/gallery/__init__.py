"""Tests of scripts/gallery."""
