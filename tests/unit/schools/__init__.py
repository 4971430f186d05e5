"""Unit tests of ``parentguide.schools``."""
