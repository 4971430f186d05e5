"""Tests of ``parentguide.checks``."""
