"""Deprecated field names in programs and payloads: found by following values, shown with a reason, and renamed where that is certain."""
