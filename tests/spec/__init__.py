"""A package, so that its tests can share how they read the specification."""
