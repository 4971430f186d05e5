"""``revision.toml``: readings, findings and what was decided of each."""

from datetime import date
from pathlib import Path

import pytest

from parentguide.errors import Loc, SourceError
from parentguide.project.revision_file import Reading, RevisionFinding, parse_revision

HERE = Path("revision.toml")
FILE = """\
language = "xx"
back_translated_on = 2026-11-24
method = "two readers"

[[reading]]
number = 3
date = 2026-11-29
readers = "AI language models"
fluency = 5

[[finding]]
context = "title"
type = "accuracy/mistranslation"
severity = "major"
before = "a"
after = "b"
reason = "c"

[[finding]]
context = "title"
reading = 3
type = "register"
severity = "minor"
before = "a"
after = "b"
decision = "taken in other words"
proposal = "d"
reason = "c"

[[finding]]
context = "title"
type = "second reading"
severity = "minor"
before = "a"
decision = "refused"
reason = "c"
"""


def test_a_file_is_read_with_old_and_new_keys() -> None:
    read = parse_revision(FILE, HERE)
    assert read.readings == (Reading(3, date(2026, 11, 29), "AI language models", 5),)
    first, third, second = read.findings
    assert first == RevisionFinding("title", "accuracy/mistranslation", "major", "a", "c", "b")
    assert (third.reading, third.decision, third.proposal) == (3, "taken in other words", "d")
    assert [finding.dimension for finding in read.findings] == ["accuracy", "style", "not stated"]
    assert second.reading == 2, "what the second reading changed was recorded with this type"
    assert read.found_by(2) == (second,)
    assert read.reading(2) is None


def test_a_finding_is_left_if_it_is_neither_fixed_nor_refused() -> None:
    assert [finding.left for finding in parse_revision(FILE, HERE).findings] == [False, False, False]
    open_again = FILE.replace('decision = "refused"\n', "")
    assert [finding.left for finding in parse_revision(open_again, HERE).findings] == [False, False, True]


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("number = 3", "number = 6", ("reading", 0, "number")),
        ("number = 3", "number = true", ("reading", 0, "number")),
        ("number = 3", "number = 2", ("finding", 1, "reading")),
        ("fluency = 5", "fluency = 6", ("reading", 0, "fluency")),
        ("fluency = 5", "fluency = 4.0", ("reading", 0, "fluency")),
        ('readers = "AI language models"', 'readers = " "', ("reading", 0, "readers")),
        ("date = 2026-11-29", 'date = "today"', ("reading", 0, "date")),
        ("reading = 3", "reading = 0", ("finding", 1, "reading")),
        ('type = "register"', 'type = "bad"', ("finding", 1, "type")),
        ("taken in other words", "perhaps", ("finding", 1, "decision")),
        ('after = "b"\ndecision', "decision", ("finding", 1, "decision")),
        ('decision = "refused"', 'decision = "refused"\nafter = "b"', ("finding", 2, "decision")),
        (
            "[[finding]]",
            FILE[FILE.index("[[reading]]") : FILE.index("[[finding]]")] + "[[finding]]",
            ("reading", 1, "number"),
        ),
    ],
)
def test_every_mistake_is_reported_with_its_place(old: str, new: str, place: Loc) -> None:
    with pytest.raises(SourceError) as caught:
        parse_revision(FILE.replace(old, new, 1), HERE)
    assert [problem.loc for problem in caught.value.problems] == [place]
    assert {problem.path for problem in caught.value.problems} == {HERE}
    assert all(problem.remedy for problem in caught.value.problems)
