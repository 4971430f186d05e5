"""The parts of the work: which editions are made together, and what comes before what."""

from collections import Counter

import pytest

from parentguide.build import parts
from parentguide.build.api import BuildRequest, plan
from parentguide.build.parts import BuildJob, Part, parts_in_order
from parentguide.model.school import School
from parentguide.project.project import Project
from parentguide.render import Format

REQUEST = BuildRequest(formats=("message", "read-aloud", "web"), languages=("pl", "so", "ur"))
PLAN = plan(Project(), REQUEST)


def jobs(count: int) -> list[BuildJob]:
    """Schools, of which every third wants Polish only."""
    wanted = [("pl",) if number % 3 == 2 else () for number in range(count)]
    return [BuildJob(PLAN.for_school(School(f"S{n}"), tags)) for n, tags in enumerate(wanted)]


def editions(part: Part) -> list[tuple[int, str]]:
    return [(progress.number, progress.edition.language.tag) for progress in part.editions]


@pytest.mark.parametrize("count", [1, 2, 19, 20, 21, 45])
def test_every_edition_is_in_one_part_of_each_format(count: int) -> None:
    found = Counter(
        (*edition, maker.name)
        for part in parts_in_order(jobs(count), PLAN.makers)
        for edition in editions(part)
        for maker in part.makers
    )
    wanted = {
        (number, edition.language.tag, maker.name)
        for number, job in enumerate(jobs(count))
        for edition in job.plan.editions
        for maker in PLAN.makers
    }
    assert set(found) == wanted
    assert set(found.values()) == {1}


@pytest.mark.parametrize("in_part", [1, 3, 10])
def test_what_a_file_links_to_is_begun_before_it(in_part: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "SCHOOLS_IN_PART", in_part)
    begun: dict[int, list[Part]] = {}
    for part in parts_in_order(jobs(45), PLAN.makers):
        begun.setdefault(id(part.editions), []).append(part)
    for same in begun.values():
        assert [maker for part in same for maker in part.makers] == list(PLAN.makers)
        assert [part.is_last for part in same] == [False] * (len(same) - 1) + [True]


def test_the_first_sheet_of_a_stage_is_begun_before_the_last_part_of_the_stage_before() -> None:
    sizes = [
        (editions(part)[0][1], part.makers[0].name, len(part.editions))
        for part in parts_in_order(jobs(45), PLAN.makers)
    ]
    first, second = PLAN.makers[0].name, PLAN.makers[1].name
    assert sizes[:8] == [
        ("pl", first, 1),
        ("pl", first, 10),
        ("pl", first, 10),
        ("pl", first, 10),
        ("pl", first, 10),
        ("pl", second, 1),
        ("pl", first, 4),
        ("pl", second, 10),
    ]


@pytest.mark.parametrize("makers", [(), PLAN.makers[:1], PLAN.makers], ids=len)
@pytest.mark.parametrize("count", [5, 45])
def test_each_edition_is_finished_once(count: int, makers: tuple[Format, ...]) -> None:
    found = Counter(
        edition for part in parts_in_order(jobs(count), makers) if part.is_last for edition in editions(part)
    )
    assert set(found.values()) == {1}
    assert len(found) == sum(len(job.plan.editions) for job in jobs(count))
