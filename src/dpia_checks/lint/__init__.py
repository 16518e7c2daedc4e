"""Checks of the published document itself: rules over the needs and the facts, each with a reason."""
