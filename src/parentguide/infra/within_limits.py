"""Read a short text here, and a long one in a process that is ended when it passes its limits.

A build reads hundreds of short texts. What the worst text of some thousand characters costs is known and
tested, and is less than a second. A long one may cost far more than anybody has thought of.

Decision: docs/decisions/0041-readers-behind-limits.md.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


def within_limits(
    function: Callable[..., T], data: bytes | str, *args: Any, short: int, path: Path | None = None
) -> T:
    """``function(data, *args)``: in a worker if ``data`` has more than ``short`` bytes or characters.

    Function, arguments and result are as :func:`parentguide.infra.limited.limited` wants them, and so are
    the errors for ``path``.
    """
    if len(data) <= short:
        return function(data, *args)
    # Most runs of the program need no worker.
    from parentguide.infra.limited import limited

    return limited(function, data, *args, path=path)
