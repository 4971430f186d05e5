"""Writing ``school.toml``: a new file with remarks, or a revision that keeps what a person wrote. Pure.

Decision: docs/decisions/0024-one-description-of-a-school.md.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import tomlkit
from tomlkit.items import AoT, Table

from parentguide.infra.limited import limited
from parentguide.infra.toml import toml_value
from parentguide.schools.description import DETAILS, GROUPS, OLD_KEYS, Detail, Group
from parentguide.schools.entry_identity import Entry, EntryChange, entry_ids, matched

# The file's keys: a text or list for a detail, entries for a group. None deletes the entry at its place.
Values: TypeAlias = Mapping[str, str | Sequence[str] | Sequence[Entry | EntryChange | None]]
_HEAD = (
    "# What the guides say about our school. Everything is optional: see docs/school-file.md of parentguide."
)
_EXAMPLES = {"languages": '["pl", "ur"]', "usual_languages": '["pl", "ur"]', "formats": '["web", "handout"]'}


def new_school_text(values: Values) -> str:
    """A new ``school.toml`` with a remark for each detail that is not given."""
    lines = [_HEAD, ""]
    lines += [_detail_line(detail, values.get(detail.key, "")) for detail in DETAILS]
    for group in GROUPS:
        given = [e.entry if isinstance(e, EntryChange) else e for e in values.get(group.key, ())]
        entries = [e for e in given if isinstance(e, Mapping) and any(e.values())]
        lines += ["", f"# {group.wording.remark}", *_entry_lines(group, entries)]
    return "\n".join(lines) + "\n"


def _detail_line(detail: Detail, value: Any) -> str:
    if value or detail.key == "name":
        return f"{detail.key} = {toml_value(_written(detail, value))}"
    example = "true" if detail.parsed.kind == "flag" else _EXAMPLES.get(detail.key, '""')
    return f"# {detail.key} = {example}  # {detail.wording.remark}"


def _written(detail: Detail, value: Any) -> str | list[str] | bool:
    """The value as the file has it: the “yes” of a form or of the command line is TOML's true."""
    if detail.parsed.kind == "flag" and value == "yes":
        return True
    return value if isinstance(value, str) else list(value)


def _entry_lines(group: Group, entries: Sequence[Entry]) -> list[str]:
    if not entries:
        return [f"# [[{group.key}]]", '# name = "…"', '# phone = "01462 000000"']
    lines = []
    for entry in entries:
        lines += ["", f"[[{group.key}]]"]
        lines += [f"{key} = {toml_value(value)}" for key, value in entry.items() if value]
    return lines


def revised_school_text(text: str, values: Values) -> str:
    """``text``, a valid ``school.toml``, with ``values`` in it; comments and other keys stay as they are.

    An entry of a list that does not say which one it was is matched by position. A renamed contact keeps
    what ``values`` does not mention. Entries after the last one are appended. A deleted value or entry takes
    the comments beside it along, and so does a list of entries on one line, which is written as tables.
    tomlkit may need a minute for 30,000 characters of dotted keys, so it works in another process
    (:mod:`parentguide.infra.limited`): raises :class:`~parentguide.errors.SourceError` where that is ended.
    """
    return limited(_revised, text, values)


def _revised(text: str, values: Values) -> str:
    text = text.removeprefix("\ufeff")
    if text and not text.endswith("\n"):
        # tomlkit would write a new key behind the last line.
        return _revised(f"{text}\n", values).removesuffix("\n")
    document = tomlkit.parse(_without_examples(_with_new_keys(text), values))
    for detail in DETAILS:
        if detail.key in values:
            _put(document, detail.key, _written(detail, values[detail.key]))
    for group in GROUPS:
        if group.key in values:
            _revise_entries(document, group.key, values[group.key])
    return tomlkit.dumps(document)


def _put(table: Any, key: str, value: Any) -> None:
    """Set, keep or delete one key. A value that says the same stays as the person wrote it."""
    value = value if isinstance(value, str | bool) else list(value)
    if not value:
        table.pop(key, None)
    elif key not in table or _plain(table[key]) != value:
        table[key] = value


def _plain(value: Any) -> str | list[str] | bool:
    if isinstance(value, bool):
        return value
    return list(map(str, value)) if isinstance(value, list) else str(value)


def _revise_entries(document: tomlkit.TOMLDocument, key: str, entries: Any) -> None:
    tables = list(_tables(document, key))
    ids = entry_ids([table.unwrap() for table in tables])
    changes = [_change(entry, ids, at) for at, entry in enumerate(entries)]
    found, not_shown = (
        matched(ids, [str(table.get("name", "")) for table in tables], changes)
        if any(isinstance(entry, EntryChange) for entry in entries)
        else _by_position(len(tables), entries)
    )
    kept = []
    for at, change in zip(found, changes, strict=True):
        if change.entry is not None and (at is not None or any(change.entry.values())):
            table = tomlkit.table() if at is None else tables[at]
            for name, value in change.entry.items():
                _put(table, name, value)
            kept.append(table)
    _set_tables(document, key, tables, [*kept, *(tables[at] for at in not_shown)])


def _by_position(count: int, entries: Sequence[Entry | None]) -> tuple[list[int | None], list[int]]:
    """As :func:`matched`, for entries that do not say which ones they were."""
    found = [at if at < count and entry is not None else None for at, entry in enumerate(entries)]
    return found, list(range(min(len(entries), count), count))


def _change(entry: Any, ids: Sequence[str], at: int) -> EntryChange:
    """The entry as a change; one that does not say which entry it was is about the one at its place."""
    if isinstance(entry, EntryChange):
        return entry
    return EntryChange(ids[at] if at < len(ids) else "", entry)


def _set_tables(
    document: tomlkit.TOMLDocument, key: str, before: Sequence[Table], after: Sequence[Table]
) -> None:
    """The tables ``after`` in the place of those ``before``, of which unchanged ones keep their bytes."""
    if not after:
        document.pop(key, None)
        return
    if list(map(id, before)) == list(map(id, after)):
        return
    if list(map(id, before)) == list(map(id, after[: len(before)])):
        # Only new ones: the others stay where they are.
        tables = _tables(document, key)
        for table in after[len(before) :]:
            tables.append(table)
    else:
        tables = tomlkit.aot()
        for table in after:
            tables.append(table)
        document.pop(key, None)
    if key not in document:
        document.append(key, tables)


def _tables(document: tomlkit.TOMLDocument, key: str) -> AoT:
    """The entries of a list as tables; those written inline, or as a single table, become tables."""
    found = document.get(key)
    if isinstance(found, AoT):
        return found
    tables = tomlkit.aot()
    if found is None:
        return tables
    for entry in [found] if isinstance(found, Mapping) else found:
        table: Table = tomlkit.table()
        for name, value in entry.items():
            table.append(name, value.unwrap() if hasattr(value, "unwrap") else value)
        tables.append(table)
    document.pop(key)
    document.append(key, tables)
    return tables


def _with_new_keys(text: str) -> str:
    """The text with the present names of keys that had other names in earlier versions."""
    head, rest = _before_lists(text)
    present = tomlkit.parse(text)
    for old, new in OLD_KEYS.items():
        if old in present and new not in present:
            head = re.sub(rf"(?m)^([ \t]*)([\"']?){old}\2(?=[ \t]*=)", rf"\g<1>{new}", head, count=1)
    return head + rest


def _before_lists(text: str) -> tuple[str, str]:
    """The part of the file with the details, and the part that begins with the first list."""
    first_list = re.search(r"(?m)^(?:# )?\[", text)
    end = first_list.start() if first_list else len(text)
    return text[:end], text[end:]


def _without_examples(text: str, values: Values) -> str:
    """The text without the commented examples of what ``values`` now gives."""
    if '"""' in text or "'''" in text:
        return text  # a line that looks like a comment may be part of a value
    present = tomlkit.parse(text)
    for group in GROUPS:
        if any(values.get(group.key, ())):
            text = re.sub(rf"(?m)^# \[\[{group.key}\]\]\n(?:# \w+ = .*\n?)*", "", text, count=1)
    head, rest = _before_lists(text)
    for detail in DETAILS:
        if values.get(detail.key) and detail.key not in present:
            line = _detail_line(detail, values[detail.key]).replace("\\", r"\\")
            head = re.sub(rf"(?m)^# {detail.key} = .*$", line, head, count=1)
    return head + rest
