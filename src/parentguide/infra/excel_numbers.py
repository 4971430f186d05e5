"""Numbers as a number format of zeros shows them: 1632960001 with ``00000 000000`` is 01632 960001.

Formats are those of ECMA-376, part 1, 18.8.31. Only formats of digits and literal characters
are understood; dates, decimals and conditions are not.
"""

import re

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"'  # literal text
    r"|\\(?P<escaped>.)"  # one literal character
    r"|_.|\*."  # a space as wide as a character; a character that fills the cell
    r"|\[(?:Black|Blue|Cyan|Green|Magenta|Red|White|Yellow|Color ?\d+|\$-[0-9A-F]+)\]"
    r"|(?P<digit>[0#?])"
    r"|(?P<plain>[ ()+/-])",
    re.IGNORECASE,
)


def shown(value: float, number_format: str) -> str | None:
    """``value`` as ``number_format`` shows it; None unless the format only adds zeros and literals."""
    section = number_format.partition(";")[0]
    tokens = _tokens(section)
    digits = [position for position, (is_digit, _) in enumerate(tokens) if is_digit]
    # A 0 makes every place to its right a 0 too: 0### shows 5 as 0005.
    zeros = [position for position in digits if tokens[position][1] == "0"]
    forced = [position for position in digits if zeros and position >= zeros[0]]
    adds = len(forced) > 1 or any(char.strip() for is_digit, char in tokens if not is_digit)
    if not digits or not adds or value < 0 or not value.is_integer():
        return None
    left = str(int(value))
    parts: list[str] = []
    for position in range(len(tokens) - 1, -1, -1):
        is_digit, char = tokens[position]
        if not is_digit:
            parts.append(char)
        elif position == digits[0]:
            parts.append(left or ("0" if position in forced else ""))
        else:
            left, digit = (left[:-1], left[-1]) if left else ("", "0" if position in forced else "")
            parts.append(digit)
    return "".join(reversed(parts)).strip()


def _tokens(section: str) -> list[tuple[bool, str]]:
    """The digits and literals of a section of a format; empty where it has anything else."""
    found = []
    position = 0
    while position < len(section):
        match = _TOKEN.match(section, position)
        if match is None:
            return []
        position = match.end()
        if match["digit"]:
            found.append((True, match["digit"]))
        else:
            found.append((False, match["quoted"] or match["escaped"] or match["plain"] or ""))
    return found
