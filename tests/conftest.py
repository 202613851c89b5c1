"""How hard the property tests look: `HYPOTHESIS_PROFILE=deep` for a long look, fewer examples in every day's run."""

import os

from hypothesis import HealthCheck, settings

COMMON = {"deadline": None, "print_blob": True, "suppress_health_check": [HealthCheck.too_slow]}

settings.register_profile("default", max_examples=100, **COMMON)
settings.register_profile("deep", max_examples=25_000, **COMMON)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
