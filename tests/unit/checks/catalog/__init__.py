"""Tests of ``parentguide.checks.catalog``."""
