"""Remove a person's name from the history, on request.

The ledgers, school.toml and other files of the project are not changed: the ledger keeps what somebody
agreed to have public, and who wants it gone there asks whoever keeps the project. Git's commits stay too.
"""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from parentguide.errors import ParentguideError, ProjectError
from parentguide.infra.atomic import safe_path, write_file
from parentguide.infra.files import decoded, encoded_as
from parentguide.infra.history import History, sweep
from parentguide.infra.history_acts import ACT_FILE, Act, FileChange, act_text
from parentguide.infra.json_text import parse_json
from parentguide.project.put_back import is_ledger

REMOVED = "(name removed)"
# The fields of a record that a person or their name can be in; the others are bound by digests.
_PERSONAL = ("role", "reviewer", "account", "comment", "suggestion", "wording_role")


def forget_name(history: History, name: str) -> tuple[int, tuple[str, ...]]:
    """Remove ``name`` from every act and every earlier version; returns how many acts had it, and the
    files of the project that have it now and were not changed.

    The name is compared letter for letter, and only as a whole word. Raises :class:`ProjectError`.
    """
    name = name.strip()
    if not name:
        raise ProjectError("there is no name", remedy="Give the name as it is written in the files.")
    pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    count = 0
    if history.folder.is_dir():
        with history.locked():
            sweep(history)
            count = sum(_forget_in_act(history, act, pattern) for act in list(history.acts()))
            history.remove_unshared()
    return count, tuple(sorted(set(_still_named(history, pattern))))


def _forget_in_act(history: History, act: Act, pattern: re.Pattern[str]) -> bool:
    """Remove the name from one act. The new digests are on record before the files change, so that an
    interruption damages nothing; doing it again completes it."""
    fresh = dict(_rewritten(history, act, pattern))
    files = tuple(_with_digest(change, fresh) for change in act.files)
    what, how, who = (pattern.sub(REMOVED, text) for text in (act.what, act.how, act.who))
    new = replace(act, files=files, what=what, how=how, who=who)
    folder = history.folder / act.name
    if new != act:
        write_file(folder / ACT_FILE, act_text(new).encode("utf-8"))
    for path, data in fresh.items():
        write_file(folder / safe_path(path), data)
    return bool(fresh) or new != act


def _with_digest(change: FileChange, fresh: Mapping[str, bytes]) -> FileChange:
    if change.path not in fresh:
        return change
    return replace(change, rewritten=sha256(fresh[change.path]).hexdigest())


def _rewritten(history: History, act: Act, pattern: re.Pattern[str]) -> Iterator[tuple[str, bytes]]:
    """The files of an act that have the name, with their new bytes."""
    for change in act.files:
        # What cannot be read as text has no name that can be found; “doctor” reports damage.
        with suppress(ParentguideError):
            data = history.earlier(act, change.path)
            if data:
                new = _without(change.path, data, pattern)
                if new != data:
                    yield change.path, new


def _without(path: str, data: bytes, pattern: re.Pattern[str]) -> bytes:
    text = decoded(data, Path(path))
    if not pattern.search(text):
        return data
    if is_ledger(path):
        new = "\n".join(_record_without(line, pattern) for line in text.split("\n"))
    else:
        new = pattern.sub(REMOVED, text)
    return data if new == text else encoded_as(new, data)


def _record_without(line: str, pattern: re.Pattern[str]) -> str:
    """A line of a ledger: a reviewer's name becomes empty, which is how a record without one looks."""
    try:
        table: dict[str, Any] = parse_json(line)
        personal = {key: str(table[key]) for key in _PERSONAL if key in table}
    except (ValueError, TypeError):
        return line
    changed = {key: pattern.sub(REMOVED, text) for key, text in personal.items()}
    if changed == personal:
        return line
    if changed.get("reviewer") == REMOVED:
        del table["reviewer"], changed["reviewer"]
    return json.dumps(table | changed, ensure_ascii=False)


def _still_named(history: History, pattern: re.Pattern[str]) -> Iterator[str]:
    """The files that the history knows and that have the name now."""
    for path in {change.path for act in history.acts() for change in act.files}:
        with suppress(ParentguideError):
            data = history.present(path)
            if data and pattern.search(decoded(data, Path(path))):
                yield path
