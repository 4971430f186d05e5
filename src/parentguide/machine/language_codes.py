"""What each engine calls our languages. A tag that an engine lacks has no code, and that is an answer.

The tables were compared with deep-translator 1.11.4 (Google, MyMemory, LibreTranslate; a
test holds it) and with Microsoft's and Apertium's own lists of codes, which are not in it.
"""

from collections.abc import Mapping, Sequence

ENGLISH = "en"

# Every tag of the forty; each engine's table says what differs, None: not known there.
FORTY: Sequence[str] = (
    "am",
    "ar",
    "bg",
    "bn",
    "ckb",
    "cs",
    "es",
    "fa",
    "fa-AF",
    "fr",
    "gu",
    "hi",
    "hu",
    "it",
    "ku",
    "lt",
    "ml",
    "ne",
    "pa-Arab",
    "pa-Guru",
    "pl",
    "ps",
    "pt-PT",
    "ro",
    "ru",
    "si",
    "sk",
    "so",
    "sq",
    "ta",
    "te",
    "ti",
    "tr",
    "uk",
    "ur",
    "vi",
    "yo",
    "zh-Hans",
    "zh-Hant",
    "ak",
)

GOOGLE: Mapping[str, str | None] = {
    **{tag: tag for tag in FORTY},
    "fa-AF": None,
    "pa-Arab": None,
    "pa-Guru": "pa",
    "pt-PT": "pt",
    "zh-Hans": "zh-CN",
    "zh-Hant": "zh-TW",
}
MYMEMORY: Mapping[str, str | None] = {
    "ak": "ak-GH",
    "am": "am-ET",
    "ar": "ar-SA",
    "bg": "bg-BG",
    "bn": "bn-IN",
    "ckb": "ckb-IQ",
    "cs": "cs-CZ",
    "en": "en-GB",
    "es": "es-ES",
    "fa": "fa-IR",
    "fa-AF": "prs-AF",
    "fr": "fr-FR",
    "gu": "gu-IN",
    "hi": "hi-IN",
    "hu": "hu-HU",
    "it": "it-IT",
    "ku": "kmr-TR",
    "lt": "lt-LT",
    "ml": "ml-IN",
    "ne": "ne-NP",
    "pa-Arab": "pnb-PK",
    "pa-Guru": "pa-IN",
    "pl": "pl-PL",
    "ps": "ps-PK",
    "pt-PT": "pt-PT",
    "ro": "ro-RO",
    "ru": "ru-RU",
    "si": "si-LK",
    "sk": "sk-SK",
    "so": "so-SO",
    "sq": "sq-AL",
    "ta": "ta-IN",
    "te": "te-IN",
    "ti": "ti-ET",
    "tr": "tr-TR",
    "uk": "uk-UA",
    "ur": "ur-PK",
    "vi": "vi-VN",
    "yo": "yo-NG",
    "zh-Hans": "zh-CN",
    "zh-Hant": "zh-TW",
}
# What the list inside deep-translator has; a server of one's own may know more.
LIBRE: Mapping[str, str | None] = {
    **{tag: tag for tag in ("ar", "es", "fr", "hi", "it", "pl", "ru", "tr", "vi")},
    "pt-PT": "pt",
    "zh-Hans": "zh",
}
MICROSOFT: Mapping[str, str | None] = {
    **{tag: tag for tag in FORTY},
    "ak": None,
    "ckb": "ku",
    "fa-AF": "prs",
    "ku": "kmr",
    "pa-Arab": None,
    "pa-Guru": "pa",
    "pt-PT": "pt-pt",
}
# Apertium pairs from English in Debian 12, as ISO 639-3.
APERTIUM: Mapping[str, str | None] = {"en": "eng", "es": "spa"}


def code(table: Mapping[str, str | None], tag: str) -> str | None:
    """The engine's code for one of our tags, or None where it has no such language."""
    return table.get(tag, ENGLISH if tag == ENGLISH else None)
