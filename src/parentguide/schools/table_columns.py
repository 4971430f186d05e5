"""The columns of a trust's table, from the one description of a school."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from parentguide.errors import Loc
from parentguide.schools.description import DETAILS, GROUPS, OLD_KEYS, Detail, Group

FOLDER = "folder"
NAME = "name"
# Columns of a group begin with this, then the entry's number from 1, then the key.
_PREFIXES = {"team": "team", "local_contacts": "local"}


def entry_column(group: Group, position: int, key: str) -> str:
    """``team_1_phone`` for the phone number of the first person; ``position`` counts from 0."""
    return f"{_PREFIXES[group.key]}_{position + 1}_{key}"


# The detail of each column that has one, in the order of the columns.
COLUMN_DETAILS: Mapping[str, Detail] = {detail.key: detail for detail in DETAILS} | {
    entry_column(group, position, detail.key): detail
    for group in GROUPS
    for position in range(group.most)
    for detail in group.details
}
COLUMNS: Sequence[str] = (FOLDER, *COLUMN_DETAILS)


def column_of_loc(loc: Loc) -> str:
    """The column of a place in ``school.toml``; ``local_1_…`` for a whole entry."""
    key, *rest = loc
    group = next((group for group in GROUPS if group.key == key), None)
    if group is None or not rest:
        return str(key)
    return entry_column(group, int(rest[0]), str(rest[1]) if len(rest) > 1 else "…")


def column_of(heading: str) -> str:
    """The column that ``heading`` names in any case, with spaces or underscores; empty for none."""
    return _columns_by_letters().get(letters_of(heading), "")


def letters_of(heading: str) -> str:
    """The letters and digits of a heading in lower case: “Team 1: e-mail” is ``team1email``."""
    return re.sub(r"[\W_]", "", heading.casefold())


@cache
def _columns_by_letters() -> Mapping[str, str]:
    names = {column: column for column in COLUMNS} | dict(OLD_KEYS)
    return {letters_of(name): column for name, column in names.items()}
