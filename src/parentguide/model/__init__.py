"""Immutable values, and pure functions on them. No input or output."""
