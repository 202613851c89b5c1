"""Adapters that let programs written for last year's field names run unchanged, whatever HTTP library they use."""
