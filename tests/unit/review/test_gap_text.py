"""What keeps a language out of a build: as data, in a refusal, and for an office."""

from pathlib import Path

import pytest

from parentguide.build.api import BuildRequest, Gap, plan, refusal_remedy
from parentguide.model.review_state import ReviewState
from parentguide.project.project import Project
from parentguide.review.judgement import BelowState, BrokenMarkup, Fuzzy, GapReason, Missing
from parentguide.studio.services.gap_text import gap_label, left_out
from tests.unit.review.conftest import break_nspcc, polish, translate
from tests.unit.review.factory import POLISH


def test_a_plan_gives_the_reason_of_each_message(root: Path) -> None:
    break_nspcc(root)
    translate(root, {"title": polish(root, "title")}, fuzzy=True)
    translate(root, {"facts": ""})
    refused = plan(Project(root), BuildRequest(languages=("pl",))).refused
    (gap,) = refused
    assert gap.reasons == {
        "title": Fuzzy(),
        "facts": Missing(),
        "call-nspcc": BrokenMarkup("{nspcc} lost"),
    }
    assert not gap.of_review
    assert str(gap) == "Polish [pl], cse: missing: facts; fuzzy: title; {nspcc} lost: call-nspcc"
    assert "--allow-incomplete" in refusal_remedy(refused)
    assert "--require" not in refusal_remedy(refused)


def test_a_plan_gives_the_state_of_each_message_below_the_wanted_one(root: Path) -> None:
    request = BuildRequest(languages=("pl",), require=ReviewState.CHECKED)
    refused = plan(Project(root), request).refused
    assert [gap.domain for gap in refused] == ["cse", "interface"]
    assert all(gap.of_review for gap in refused)
    assert refused[0].reasons["title"] == BelowState(ReviewState.DRAFT)
    assert "--require" in refusal_remedy(refused)
    assert "--allow-incomplete" not in refusal_remedy(refused)


@pytest.mark.parametrize(
    ("reasons", "line"),
    [
        ([Missing()], "1 message is not translated"),
        ([Missing(), Missing()], "2 messages are not translated"),
        ([Fuzzy()], "1 message needs a person to check it"),
        ([Fuzzy(), Fuzzy()], "2 messages need a person to check them"),
        ([BrokenMarkup("{a} lost"), BrokenMarkup("{b} lost")], "2 messages have errors"),
        ([BelowState(ReviewState.DRAFT)], "1 message is not checked by anybody"),
        ([BelowState(ReviewState.CHECKED)], "1 message is only checked by a bilingual speaker"),
    ],
)
def test_an_office_reads_how_many_messages_have_which_gap(reasons: list[GapReason], line: str) -> None:
    gap = Gap(POLISH, "cse", {str(number): reason for number, reason in enumerate(reasons)})
    assert left_out([gap]) == [f"Polish: {line}"]
    if len(reasons) == 1:
        assert line == f"1 message {'is ' if ' is ' in line else ''}{gap_label(reasons[0])}"


def test_the_gaps_of_a_language_are_added_up() -> None:
    gaps = [Gap(POLISH, domain, {"c": Missing(), "d": Fuzzy()}) for domain in ("cse", "interface")]
    assert left_out(gaps) == ["Polish: 2 messages are not translated; 2 messages need a person to check them"]
