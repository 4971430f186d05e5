"""What the maker of a font allows, by ``OS/2.fsType`` (OpenType 1.9.1, OS/2)."""

# No embedding at all; only whole fonts; only bitmaps.
_RESTRICTED, _NO_SUBSET, _BITMAP_ONLY = 0x0002, 0x0100, 0x0200
_LEVEL = 0x000F


def allowed_in_pdf(permissions: int) -> bool:
    """Whether a font with this ``fsType`` may be in a PDF, in part and as outlines."""
    return permissions & _LEVEL != _RESTRICTED and not permissions & (_NO_SUBSET | _BITMAP_ONLY)
