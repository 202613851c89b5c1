"""Other people's generators on generated/openapi.json: scripts/downstream."""
