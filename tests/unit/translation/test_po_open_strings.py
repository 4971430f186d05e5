"""What is still open after the lines of a field is known without looking at all of them again."""

import re

from hypothesis import given
from hypothesis import strategies as st

from parentguide.translation.po.lines import _open_end, _PreviousFields
from parentguide.translation.po.strings import STRING

WHOLE = re.compile(rf"(?:{STRING}\s*)+")


@given(st.lists(st.text('"\\a \t', max_size=6), min_size=1, max_size=6))
def test_line_by_line_as_all_lines_together(bodies: list[str]) -> None:
    fields, whole = _PreviousFields(), f'"{bodies[0]}'
    fields.add(1, f'msgid "{bodies[0]}')
    for body in bodies[1:]:
        fields.add(2, body)
        whole += f" {body}"
    assert bool(fields.broken()) == (WHOLE.fullmatch(whole) is None)
    # Only the end counts, so each line costs no more than its own length.
    assert len(_open_end(whole)) <= 2
