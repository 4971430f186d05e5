"""Unit tests of ``parentguide.render``."""
