"""Text without the difference of capitals and small letters."""

import unicodedata


def folded(text: str) -> str:
    """``text`` in lower case and in NFC, without the dot that is left of the Turkish İ (Unicode Standard,
    5.18).

    >>> folded("İSTANBUL’DA Straße")
    'istanbul’da strasse'
    """
    return unicodedata.normalize("NFC", text.casefold().replace("i\u0307", "i"))
