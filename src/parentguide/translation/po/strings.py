"""The strings of a PO file: in quotation marks, with the escapes of C. Pure."""

import re

STRING = r'"(?:[^"\\]|\\.)*"'
_ESCAPE = re.compile(r"\\([abfnrtv\"\\]|x[0-9A-Fa-f]+|[0-7]{1,3}|.)", re.DOTALL)
_WRITTEN = {
    "\\": "\\\\",
    '"': '\\"',
    "\a": "\\a",
    "\b": "\\b",
    "\f": "\\f",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\v": "\\v",
}
_READ = {written[1]: character for character, written in _WRITTEN.items()}


def unknown_escape(string: str) -> str:
    """The first escape that GNU gettext does not know either; empty if there is none.

    >>> unknown_escape(r'"a \\n b \\q"')
    '\\\\q'
    """
    for found in _ESCAPE.finditer(string):
        if found[1] not in _READ and not re.fullmatch(r"x[0-9A-Fa-f]+|[0-7]{1,3}", found[1]):
            return found[0]
    return ""


def unquoted(string: str) -> str:
    """The text of one string."""
    return _ESCAPE.sub(_character, string[1:-1])


def _character(found: re.Match[str]) -> str:
    code = found[1]
    if code in _READ:
        return _READ[code]
    if code[0] == "x" and len(code) > 1:
        return chr(int(code[-2:], 16))
    return chr(int(code, 8) % 256) if code[0] in "01234567" else found[0]


def quoted(text: str, mark: str = "") -> str:
    r"""The string or strings of a text, each line of the text on a line of its own.

    ``mark`` stands before every line but the first.

    >>> print(quoted("One\nTwo", "#~ "))
    ""
    #~ "One\n"
    #~ "Two"
    """
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    if len(lines) <= 1:
        return _quoted(text)
    return "\n".join(['""', *(mark + _quoted(line) for line in lines)])


def _quoted(line: str) -> str:
    return '"' + "".join(_WRITTEN.get(character, character) for character in line) + '"'
