"""A guide's state, read and changed in its front matter even where the rest of ``guide.md`` is broken.

Decision: docs/decisions/0042-guides-have-a-state.md.
"""

import re
from contextlib import suppress
from pathlib import Path

from parentguide.errors import ParentguideError, SourceError
from parentguide.infra.files import decoded, with_line_feeds
from parentguide.model.guide_state import GuideState
from parentguide.project.front_matter import front_matter_values, guide_state_of

_KEY = re.compile(r"""(["']?)state\1[ \t]*:[ \t]*(.*)""")
_FENCE = "---"
# The state is looked for in so many lines of a guide whose front matter does not end.
_MOST_LINES = 100


def read_state(data: bytes) -> GuideState:
    """The state of the guide whose ``guide.md`` has the bytes ``data``.

    A guide whose state cannot be read counts as ready, so that whatever reads it reports what is wrong.
    """
    path = Path("guide.md")
    try:
        text = decoded(data, path)
    except SourceError:
        text = with_line_feeds(data.decode("utf-8", "replace"))
    text = text.removeprefix("\ufeff")
    with suppress(ParentguideError):
        state = guide_state_of(front_matter_values(text, path).get("state", GuideState.READY))
        if state is not None:
            return state
    return _state_in_lines(text)


def _state_in_lines(text: str) -> GuideState:
    """The state as the lines before the end of a broken front matter have it."""
    lines = text.split("\n")
    for index in _front_matter_lines(lines):
        match = _KEY.fullmatch(lines[index].rstrip())
        if match and guide_state_of(match[2].partition(" #")[0].strip(" \t\"'")) is GuideState.WRITING:
            return GuideState.WRITING
    return GuideState.READY


def _front_matter_lines(lines: list[str]) -> range:
    fences = [index for index, line in enumerate(lines[:_MOST_LINES]) if line.rstrip() == _FENCE]
    return range(fences[1] if len(fences) > 1 else min(len(lines), _MOST_LINES))


def with_state(text: str, state: GuideState, path: Path) -> str:
    """The text of a ``guide.md`` with another state; everything else stays as it is.

    Raises :class:`SourceError` for a text without front matter.
    """
    lines = text.split("\n")
    found = [index for index in _front_matter_lines(lines) if _KEY.fullmatch(lines[index].rstrip())]
    if found:
        lines[found[0]] = f"state: {state}"
    else:
        end = _front_matter_lines(lines).stop
        lines.insert(end, f"state: {state}")
    changed = "\n".join(lines)
    first = text.removeprefix("\ufeff").split("\n", 1)[0].rstrip()
    if first != _FENCE or read_state(changed.encode("utf-8", "replace")) is not state:
        raise SourceError(
            f"the front matter cannot be marked “{state}”",
            path=path,
            line=1,
            remedy=f"Write “state: {state}” between the two lines --- at the top of the file.",
        )
    return changed
