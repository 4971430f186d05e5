"""Checks of the English guide."""
