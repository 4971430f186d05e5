"""The old place of :mod:`parentguide.project.accepted_file`, for callers that still import from here."""

from parentguide.project.accepted_file import Accepted, parse_accepted

__all__ = ["Accepted", "parse_accepted"]
