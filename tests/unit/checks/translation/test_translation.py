"""The lists of checks have every check of the folder."""

from importlib import import_module
from inspect import getmembers, isfunction
from pkgutil import iter_modules

from parentguide.checks import translation


def test_every_check_is_in_a_list() -> None:
    defined = {
        function
        for module in iter_modules(translation.__path__)
        for name, function in getmembers(import_module(f"{translation.__name__}.{module.name}"), isfunction)
        if name.startswith("check_")
    }
    assert defined == {*translation.MESSAGE_CHECKS, *translation.CATALOG_CHECKS}
