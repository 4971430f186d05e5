"""Tests of ``parentguide.checks.translation``."""
