"""Checks of whole catalogs."""
