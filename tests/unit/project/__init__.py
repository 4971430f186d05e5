"""Tests of ``parentguide.project``."""
