"""Translations on disk: PO catalogs, back-translations and glossaries."""
