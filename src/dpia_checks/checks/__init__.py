"""Checks, a module for each theme. Each finds the places that break one kind of rule."""
