"""How much a run of the tests does: ``quick`` (a contributor's), ``ci`` or ``soak``.

==========  =====================  ==========  ================
profile     languages              slow tests  random cases
==========  =====================  ==========  ================
``quick``   a sample               no          5 %
``ci``      all                    yes         25 %
``soak``    all                    yes         100 %
==========  =====================  ==========  ================

``conftest.py`` chooses the profile before pytest collects: ``--profile``, else ``ci`` where the
variable CI is set, else ``quick``.

Decision: docs/decisions/0025-tests-in-profiles.md.
"""

import os

PROFILES = ("quick", "ci", "soak")
_SHARES = {"quick": 0.05, "ci": 0.25, "soak": 1.0}
_VARIABLE = "PARENTGUIDE_TEST_PROFILE"


def choose(profile: str) -> None:
    """Make ``profile`` the one of this process and of those it starts."""
    os.environ[_VARIABLE] = profile


def profile() -> str:
    """The chosen profile."""
    return os.environ.get(_VARIABLE, "ci" if os.environ.get("CI") else "quick")


def cases(count: int) -> int:
    """How many of ``count`` random cases this profile runs; at least 5, or ``count`` if that is fewer."""
    return max(min(count, 5), round(count * _SHARES[profile()]))


def quick() -> bool:
    """Whether this run uses a sample of the languages."""
    return profile() == "quick"
