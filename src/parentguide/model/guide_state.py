"""Whether a guide may go out to families."""

from enum import StrEnum


class GuideState(StrEnum):
    """The state that a guide's front matter names. A guide that names none is ready."""

    READY = "ready"
    WRITING = "being written"
