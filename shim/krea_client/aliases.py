"""Translate deprecated field names without sending anything: `translate(model, body)`."""

from krea_client._request.alias_translation import POLICIES, Policy, Rename, translate

__all__ = ["POLICIES", "Policy", "Rename", "translate"]
