"""Unit tests: one folder a package of ``parentguide``, one file a module."""
