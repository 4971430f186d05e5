"""What one request to a provider consists of."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TranslationRequest:
    """A text, and the provider's codes of the language it is in and of the one it is wanted in."""

    text: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Access:
    """How a provider is reached: a key and its region, or the address of a server. ``repr`` hides the key."""

    key: str = field(default="", repr=False)
    url: str = ""
    region: str = ""
