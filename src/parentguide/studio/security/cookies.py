"""Studio's own cookies, whatever else is in the header.

A browser sends all cookies of this computer to every program on it, whatever their ports, so a header can
have cookies with any names and values. Nothing of them is decoded or understood here.
"""

from starlette.datastructures import Headers


def cookie_values(headers: Headers, name: str) -> tuple[str, ...]:
    """The values of all cookies called ``name``. There can be several, of different paths (RFC 6265, 5.4)."""
    pairs = (pair.partition("=") for header in headers.getlist("cookie") for pair in header.split(";"))
    return tuple(value.strip() for key, equals, value in pairs if equals and key.strip() == name)
