"""The one place where the command line prints text that may come from a file.

A terminal obeys control characters: they can clear the screen, write over what was shown, or, on some, type
commands. Such characters are shown as escapes instead.
"""

import re
from typing import Any

import click

# C0 and C1 controls but tab and line feed; line and paragraph separators; the characters that change the
# direction of what follows (UAX #9, 2.1 to 2.5), which can make a text read as another. The marks that
# Arabic, Urdu and Hebrew need (LRM, RLM, ALM, ZWJ, ZWNJ) are kept.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: object) -> str:
    r"""``text`` for a terminal: each control character as an escape.

    >>> visible("a\x1b[2Jb\r\n")
    'a\\x1b[2Jb\n'
    """
    return _UNSAFE.sub(_escaped, str(text).replace("\r\n", "\n"))


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def echo(message: Any = "", *, err: bool = False, nl: bool = True) -> None:
    """As ``click.echo``, without control characters."""
    click.echo(visible(message), err=err, nl=nl)


def next_step(what: str) -> None:
    """The last line of a command: what to do now. It goes to the standard error, because programs read what a
    command prints."""
    echo(f"Next: {what}", err=True)


def confirm(question: str, *, default: bool = False) -> bool:
    """As ``click.confirm``, without control characters."""
    return click.confirm(visible(question), default=default)
