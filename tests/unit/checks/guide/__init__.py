"""Tests of ``parentguide.checks.guide``."""
