"""Tests of ``parentguide.translation``."""
