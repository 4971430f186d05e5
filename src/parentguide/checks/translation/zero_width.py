"""PG545: a zero-width joiner or non-joiner that the spelling needs and that is not there.

Sinhala joins ර and ය to the consonant before them with al-lakuna and a joiner (Unicode
Standard, 13.2); Persian parts the prefix می from its verb with a non-joiner, not a space.
"""

import re
from collections.abc import Iterator

from parentguide.checks.finding import Severity
from parentguide.checks.translation.message import Problem, TranslatedMessage

_PERSIAN = {"fa", "fa-AF"}
# A consonant, al-lakuna, and ra or ya at once: as rakaransaya and yansaya they want a joiner.
# After ra itself ya is written without one (කාර්ය).
_SINHALA_UNJOINED = re.compile("[\u0d9a-\u0dba\u0dbc-\u0dc6]\u0dca[\u0dba\u0dbb]")
_PERSIAN_SPACED = re.compile("(?<![\u0600-\u06ff])ن?می [\u0600-\u06ff]")


def check_zero_width(pair: TranslatedMessage) -> Iterator[Problem]:
    if pair.language.script == "Sinh":
        missing = _SINHALA_UNJOINED.search(pair.text)
        hint = "Put U+200D between al-lakuna and the letter."
    elif pair.language.tag in _PERSIAN:
        missing = _PERSIAN_SPACED.search(pair.text)
        hint = "Put U+200C in place of the space."
    else:
        return
    if missing:
        yield Problem("PG545", Severity.ERROR, f"“{missing[0]}” lacks its zero-width mark", hint)
