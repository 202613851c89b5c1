"""What differs between two descriptions of the API, fact by fact: for `krea-client spec diff` and for `scripts/docs-diff`."""
