"""Unit tests of ``parentguide.model``."""
