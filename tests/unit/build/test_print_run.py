"""A print run of real sheets: the order of the languages, leaves of their own, and what is refused."""

from dataclasses import replace

import pypdfium2
import pytest

from parentguide.build import print_run as module
from parentguide.build.print_run import SHEETS, Copies, PrintRequest, print_run, request_problems
from parentguide.errors import (
    IncompleteTranslationError,
    LayoutError,
    ParentguideError,
    ProjectError,
)
from parentguide.model.output import Edition
from parentguide.model.review_state import ReviewState
from parentguide.project.project import Project
from parentguide.render.print.handout import Handout

PROJECT = Project()
# English follows Polish here, although the project lists it first.
EVENING = PrintRequest(copies=(Copies("pl", 3), Copies("en", 2)), guides=("cse",), first_leaf=True)


def texts(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def test_languages_follow_in_the_order_of_the_choice_each_on_leaves_of_its_own() -> None:
    run = print_run(PROJECT, EVENING)
    assert [(s.language.tag, s.guide, s.copies) for s in run.sheets] == [("pl", "cse", 3), ("en", "cse", 2)]
    sides = texts(run.content)
    assert len(sides) == run.sides
    assert sum(not side.strip() for side in sides) == run.blank
    polish, english = ((s.pages + s.pages % 2) * s.copies for s in run.sheets)
    assert polish + english == len(sides)
    begins = [
        number for number, side in enumerate(sides) if "999" in side and side in (sides[0], sides[polish])
    ]
    assert begins == [*range(0, polish, polish // 3), *range(polish, len(sides), english // 2)]
    assert all(number % 2 == 0 for number in begins)
    assert sides[0] != sides[polish]


def test_the_first_leaf_only_has_fewer_pages() -> None:
    whole = print_run(PROJECT, replace(EVENING, copies=EVENING.copies[:1], first_leaf=False))
    leaf = print_run(PROJECT, replace(EVENING, copies=EVENING.copies[:1]))
    assert leaf.sheets[0].pages < whole.sheets[0].pages


def test_the_same_request_gives_the_same_bytes() -> None:
    assert print_run(Project(), EVENING).content == print_run(Project(), EVENING).content


def test_progress_names_each_sheet_once() -> None:
    seen: list[str] = []
    print_run(PROJECT, EVENING, seen.append)
    assert sorted(seen) == ["cse/en/cse-en-handout.pdf", "cse/pl/cse-pl-handout.pdf"]


def test_all_mistakes_of_a_request_are_named_at_once() -> None:
    copies = (Copies("xx", 1), Copies("pl", 1), Copies("pl", 2), Copies("ur", 0), Copies("so", 1001))
    request = PrintRequest(copies, sheet="web", guides=("nope",))
    said = [problem.text for problem in request_problems(PROJECT, request)]
    assert said == [
        "there is no sheet “web” to print",
        "there is no language “xx”",
        "pl is named twice",
        "ur: 0 copies",
        "so: 1001 copies",
        "there is no guide “nope”",
    ]
    with pytest.raises(ProjectError) as caught:
        print_run(PROJECT, request)
    assert [problem.text for problem in caught.value.problems] == said
    assert all(problem.remedy for problem in caught.value.problems)


def test_nothing_to_print_is_said() -> None:
    with pytest.raises(ProjectError, match="no language is chosen"):
        print_run(PROJECT, PrintRequest(()))
    with pytest.raises(ProjectError, match=r"English \[en\] has no sheet “bilingual”"):
        print_run(PROJECT, PrintRequest((Copies("en", 2),), "bilingual"))


def test_sheets_that_cannot_be_made_are_all_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def render(_: Handout, edition: Edition) -> bytes:
        raise LayoutError(f"no room in {edition.language.tag}", remedy="Shorten it.")

    monkeypatch.setattr(Handout, "render", render)
    with pytest.raises(LayoutError) as caught:
        print_run(PROJECT, EVENING)
    assert [problem.text for problem in caught.value.problems] == [
        "English [en]: no room in en",
        "Polish [pl]: no room in pl",
    ]


def test_one_sheet_that_cannot_be_made_stops_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Handout.render

    def render(self: Handout, edition: Edition) -> bytes:
        if edition.language.tag == "pl":
            raise LayoutError("no room", remedy="Shorten it.")
        return whole(self, edition)

    monkeypatch.setattr(Handout, "render", render)
    with pytest.raises(LayoutError, match=r"^Polish \[pl\]: no room"):
        print_run(PROJECT, EVENING)


def test_languages_that_are_not_reviewed_far_enough_are_all_named() -> None:
    request = replace(EVENING, copies=(Copies("pl", 1), Copies("ur", 1)), require=ReviewState.TESTED)
    with pytest.raises(IncompleteTranslationError) as caught:
        print_run(PROJECT, request)
    said = str(caught.value)
    assert "Polish [pl]" in said
    assert "Urdu [ur]" in said


def test_too_many_sides_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_SIDES", 3)
    with pytest.raises(ParentguideError, match="more than 3 sides"):
        print_run(PROJECT, EVENING)


def test_a_tag_of_two_scripts_gives_both_the_same_number() -> None:
    request = replace(EVENING, copies=(Copies("pa", 2),), sheet="signs")
    run = print_run(PROJECT, request)
    assert [(sheet.language.tag, sheet.copies) for sheet in run.sheets] == [("pa-Guru", 2), ("pa-Arab", 2)]


def test_every_kind_of_sheet_can_be_printed() -> None:
    assert SHEETS == ("handout", "signs", "large-print", "bilingual", "cards", "review")
