"""Writing ``school.toml``: new, and revised without a loss."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parentguide.infra.toml import toml_value
from parentguide.schools.description import DETAILS, GROUPS, Group
from parentguide.schools.entry_identity import EntryChange, entry_ids
from parentguide.schools.school_file import parse_school
from parentguide.schools.school_text import Values, new_school_text, revised_school_text
from tests.profile import cases

# Texts with everything that TOML or a regular expression could take for its own.
TEXTS = st.text(st.sampled_from("ab é\"'\\#=[]{}\n\t$1٣"), max_size=6)
WORDS = st.lists(TEXTS, max_size=3)
SINGLE = [detail.key for detail in DETAILS if detail.parsed.kind != "words"]
LISTS = [detail.key for detail in DETAILS if detail.parsed.kind == "words"]


@dataclass(frozen=True)
class File:
    """A file, its values, and its comments by the key or entry that they are beside."""

    text: str
    comments: Mapping[tuple[str | int, ...], str]


def keys_of(group: Group) -> list[str]:
    return [detail.key for detail in group.details if detail.parsed.kind != "words"]


@st.composite
def files(draw: st.DrawFn) -> File:
    """A file with some keys in any order, unknown keys too, and a comment on every line."""
    numbers = iter(range(1_000))
    comments: dict[tuple[str | int, ...], str] = {}

    def line(key: str, value: Any, *place: str | int) -> str:
        comments[*place, key] = f"# comment {next(numbers)}"
        name = draw(st.sampled_from([key, f'"{key}"', f"  {key} "]))
        return f"{name} = {toml_value(value)}  {comments[*place, key]}"

    lines = [f"# comment {next(numbers)}"]
    comments[()] = lines[0]
    for key in draw(st.permutations([*SINGLE, *LISTS, "unknown"])):
        if draw(st.booleans()):
            lines.append(line(key, draw(WORDS if key in LISTS else TEXTS)))
        elif draw(st.booleans()):
            lines.append(f'# {key} = ""  # example')
    for group in draw(st.permutations(GROUPS)):
        for position in range(draw(st.integers(0, 3))):
            lines += ["", f"[[{group.key}]]"]
            lines += [
                line(key, draw(TEXTS), group.key, position)
                for key in draw(st.permutations([*keys_of(group), "unknown"]))
                if draw(st.booleans())
            ]
        if draw(st.booleans()):
            lines += [f"# {group.wording.remark}"]
    return File("\n".join(lines) + draw(st.sampled_from(["", "\n"])), comments)


@st.composite
def revisions(draw: st.DrawFn) -> dict[str, Any]:
    """Values as Studio's form gives them."""
    values: dict[str, Any] = {}
    for key in [*SINGLE, *LISTS]:
        if draw(st.booleans()):
            values[key] = draw(WORDS if key in LISTS else TEXTS)
    for group in GROUPS:
        if draw(st.booleans()):
            entry = st.dictionaries(st.sampled_from(keys_of(group)), TEXTS, max_size=3)
            values[group.key] = draw(st.lists(st.none() | entry, max_size=4))
    return values


def revised(before: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """What the file has to say afterwards."""
    after = dict(before)
    for key, value in values.items():
        if any(key == group.key for group in GROUPS):
            entries: list[dict[str, Any] | None] = [dict(entry) for entry in after.get(key, [])]
            for position, entry in enumerate(value):
                if position >= len(entries):
                    entries.append(with_values({}, entry) if entry and any(entry.values()) else None)
                else:
                    entries[position] = None if entry is None else with_values(entries[position] or {}, entry)
            after[key] = [entry for entry in entries if entry is not None]
        else:
            after = with_values(after, {key: value})
    return {key: value for key, value in after.items() if value != [] or key not in values}


def with_values(table: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in {**table, **values}.items() if value or key not in values}


@settings(max_examples=cases(1_000), deadline=None)
@given(files(), revisions())
def test_a_revised_file_has_the_values_and_nothing_else_changes(file: File, values: dict[str, Any]) -> None:
    before = tomllib.loads(file.text)
    text = revised_school_text(file.text, values)
    after = tomllib.loads(text)
    assert after == revised(before, values)
    deleted = {
        (key, position) for key in values for position, entry in enumerate(values[key]) if entry is None
    }
    for place, comment in file.comments.items():
        here: Any = after
        if len(place) == 3:  # in an entry: entries after a deleted one move up
            if place[:2] in deleted or any(key == place[0] for key, _ in deleted):
                continue
            here = after[str(place[0])][place[1]]
        if not place or place[-1] in here:
            assert re.search(rf"(?m){re.escape(comment)}$", text), f"lost: {comment}"
    kept = [key for key in before if key in after and not isinstance(before[key], list)]
    assert [key for key in after if key in kept] == kept


@settings(max_examples=cases(500), deadline=None)
@given(files())
def test_without_values_a_file_stays_byte_for_byte(file: File) -> None:
    assert revised_school_text(file.text, {}) == file.text


@settings(max_examples=cases(500), deadline=None)
@given(files(), revisions())
def test_revising_twice_is_revising_once(file: File, values: dict[str, Any]) -> None:
    # A deleted entry is not deleted again; the next one has taken its place.
    values = {
        key: [e for e in value if e is not None] if value and isinstance(value, list) else value
        for key, value in values.items()
    }
    once = revised_school_text(file.text, values)
    again = revised_school_text(once, {key: value for key, value in values.items() if not skips(value)})
    assert again == once


def skips(value: Any) -> bool:
    """Whether entries without a value, which are not written, come before others."""
    return isinstance(value, list) and any(isinstance(e, Mapping) and not any(e.values()) for e in value)


@settings(max_examples=cases(500), deadline=None)
@given(revisions())
def test_a_new_file_has_the_values(values: dict[str, Any]) -> None:
    assert tomllib.loads(new_school_text(values)) == {"name": "", **revised({}, values)}


def test_a_new_file_has_a_remark_for_every_detail_that_is_not_given() -> None:
    text = new_school_text({})
    assert parse_school(text) == parse_school("")
    for detail in DETAILS:
        if detail.key != "name":
            assert re.search(rf"(?m)^# {detail.key} = .*# {re.escape(detail.wording.remark)}$", text)
    for group in GROUPS:
        assert f"# {group.wording.remark}\n# [[{group.key}]]" in text


def test_a_value_takes_the_place_of_its_commented_example() -> None:
    before = new_school_text({"name": "N"})
    after = revised_school_text(before, {"policy": "www.a.sch.uk/p", "team": [{"name": "T"}]})
    assert [line for line in after.splitlines() if line.startswith("policy")] == ['policy = "www.a.sch.uk/p"']
    assert "# policy =" not in after
    assert "# [[team]]" not in after
    assert "# [[local_contacts]]" in after
    assert after.index("policy =") == before.index("# policy")


@pytest.mark.parametrize(
    ("text", "values", "table"),
    [
        # A renamed contact keeps its languages.
        (
            '[[local_contacts]]\nname = "Council"\nphone = "999"\nlanguages = ["pl"]',
            {"local_contacts": [{"name": "County Council", "phone": "999"}]},
            {"local_contacts": [{"name": "County Council", "phone": "999", "languages": ["pl"]}]},
        ),
        # The key of an earlier version gets its present name.
        ('editions = ["web"]  # old', {"formats": ["web", "handout"]}, {"formats": ["web", "handout"]}),
        ('  "editions" = ["web"]  # old', {"name": "x"}, {"formats": ["web"], "name": "x"}),
        ("\ufeffname = 'x'", {"name": "y"}, {"name": "y"}),
        (
            "team = [{ name = 'a' }, { name = 'b' }]",
            {"team": [{"name": "c"}]},
            {"team": [{"name": "c"}, {"name": "b"}]},
        ),
        ("[team]\nname = 'a'", {"team": [{"role": "r"}]}, {"team": [{"name": "a", "role": "r"}]}),
        ("team = []", {"team": [{"name": "a"}]}, {"team": [{"name": "a"}]}),
        ("[[team]]\nname = 'a'", {"team": [None]}, {}),
        ("", {"team": [{"name": "", "role": ""}, {}, None]}, {}),
        ("", {"team": [{"name": "a", "role": ""}]}, {"team": [{"name": "a"}]}),
        # A line of a value that looks like an example.
        ('name = """\\\n# website = 1"""', {"website": "w"}, {"name": "# website = 1", "website": "w"}),
        (
            "[[team]]\nname='a'\n[[local_contacts]]\nname='l'\n[[team]]\nname='b'",
            {"team": [{"name": "c"}, {"name": "d"}]},
            {"team": [{"name": "c"}, {"name": "d"}], "local_contacts": [{"name": "l"}]},
        ),
    ],
)
def test_files_of_every_form_can_be_revised(text: str, values: Values, table: Mapping[str, Any]) -> None:
    assert tomllib.loads(revised_school_text(text, values)) == table


def test_a_value_that_stays_the_same_stays_as_it_was_written() -> None:
    text = "date = 2026-11-24 # day\nlanguages = [\n  'pl', # Polish\n]\nname = 'x'"
    values: dict[str, str | Sequence[str]] = {"date": "2026-11-24", "languages": ["pl"], "name": "x"}
    assert revised_school_text(text, values) == text


TWO_CONTACTS = """# ours
[[local_contacts]]
name = "Children’s services"  # the council
phone = "0300 123 4043"
kind = "local authority"
languages = ["pl"]

[[local_contacts]]
name = "Refuge"
phone = "0808 200 0247"
"""
SERVICES = {"name": "Children’s services", "phone": "0300 123 4043"}
REFUGE = {"name": "Refuge", "phone": "0808 200 0247"}


def contacts_after(*rows: tuple[int | None, dict[str, str] | None]) -> list[dict[str, Any]]:
    """The contacts after a form was saved: of each row the contact that it showed, and what it says now."""
    ids = entry_ids(tomllib.loads(TWO_CONTACTS)["local_contacts"])
    changes = [EntryChange("" if at is None else ids[at], entry) for at, entry in rows]
    found = tomllib.loads(revised_school_text(TWO_CONTACTS, {"local_contacts": changes}))
    return list(found.get("local_contacts", []))


def test_a_renamed_contact_keeps_its_languages_and_its_mark() -> None:
    council, refuge = contacts_after((0, {**SERVICES, "name": "The council"}), (1, REFUGE))
    assert (council["name"], council["kind"], council["languages"]) == (
        "The council",
        "local authority",
        ["pl"],
    )
    assert refuge == REFUGE


def test_contacts_that_change_places_take_their_marks_along() -> None:
    refuge, council = contacts_after((0, REFUGE), (1, SERVICES))
    assert refuge == REFUGE
    assert (council["name"], council["kind"], council["languages"]) == (
        "Children’s services",
        "local authority",
        ["pl"],
    )


def test_a_contact_that_moves_up_does_not_become_the_authority() -> None:
    assert contacts_after((0, REFUGE), (1, None)) == [REFUGE]


def test_a_deleted_contact_takes_its_mark_along() -> None:
    assert contacts_after((0, None), (1, REFUGE), (None, {"name": "New", "phone": "101"})) == [
        REFUGE,
        {"name": "New", "phone": "101"},
    ]


def test_a_contact_that_the_form_did_not_show_stays() -> None:
    assert [c["name"] for c in contacts_after((1, {**REFUGE, "name": "The refuge"}))] == [
        "The refuge",
        "Children’s services",
    ]


def test_an_unchanged_form_changes_no_byte() -> None:
    ids = entry_ids(tomllib.loads(TWO_CONTACTS)["local_contacts"])
    changes = [EntryChange(ids[0], SERVICES), EntryChange(ids[1], REFUGE), EntryChange("", None)]
    assert revised_school_text(TWO_CONTACTS, {"local_contacts": changes}) == TWO_CONTACTS


def test_a_new_file_has_the_entries_of_a_form() -> None:
    text = new_school_text({"local_contacts": [EntryChange("", REFUGE), EntryChange("", None)]})
    assert tomllib.loads(text)["local_contacts"] == [REFUGE]
