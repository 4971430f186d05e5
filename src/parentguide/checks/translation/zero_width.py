"""PG545: a zero-width joiner or non-joiner that the spelling needs and that is missing.

Which spellings need one is in the language's table in ``languages.toml`` (``zero_width``).
"""

import re
from collections.abc import Iterator

from parentguide.checks.finding import Severity
from parentguide.checks.translation.message import Problem, TranslatedMessage


def check_zero_width(message: TranslatedMessage) -> Iterator[Problem]:
    for rule in message.language.zero_width:
        found = re.search(rule.missing_in, message.text)
        if found:
            yield Problem(
                "PG545", Severity.ERROR, f"“{found[0]}” needs a zero-width joiner or non-joiner", rule.hint
            )
