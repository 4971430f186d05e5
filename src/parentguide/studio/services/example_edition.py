"""A guide in one language as a school's families could get it, with every place that shows words of the
interface: an example school gives all details that a school can give."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from parentguide.build.api import BuildRequest, plan
from parentguide.errors import SourceError
from parentguide.model import markup
from parentguide.model.domain import INTERFACE
from parentguide.model.output import Download, Edition
from parentguide.model.review_state import ReviewState
from parentguide.model.school import Person, School
from parentguide.project.project import Project
from parentguide.render import FOR_FAMILIES
from parentguide.render.text.plain_text import ReadAloud
from parentguide.review.status import LanguageReview
from parentguide.schools.school_file import parse_school

# Phone numbers are those that Ofcom keeps for drama (01632 960000 to 960999): nobody has them.
_SCHOOL = """
name = "Example School"
website = "www.example.sch.uk"
guides = "www.example.sch.uk/guides"

[[team]]
name = "A. Lee"
role = "Designated Safeguarding Lead"
phone = "01632 960001"
email = "lead@example.sch.uk"

[[team]]
name = "B. Khan"
role = "Deputy Designated Safeguarding Lead"
phone = "01632 960002"

[[team]]
name = "C. Evans"
role = "Headteacher"
phone = "01632 960003"

[[team]]
name = "D. Shah"
role = "Safeguarding Governor"
email = "governor@example.sch.uk"

[[local_contacts]]
name = "Example Council"
phone = "01632 960006"
"""


@cache
def example_school() -> School:
    school = parse_school(_SCHOOL)
    # A school names at most four people, but there are words for five roles.
    return replace(school, team=(*school.team, Person("E. Nowak", "Family Support Worker")))


def example_edition(project: Project, review: LanguageReview) -> Edition | None:
    """The first guide in the words that ``review`` has of the interface, whether checked or not; a message
    without usable words is in English. None for a project without a guide."""
    slugs = project.ready_slugs or project.slugs
    if not slugs:
        return None
    tag = review.language.tag
    request = BuildRequest((tag,), ("web",), example_school(), allow_incomplete=True, guides=tuple(slugs[:1]))
    edition = plan(project, request).editions[0]
    return replace(
        edition,
        interface=_words(review),
        languages=(project.languages["en"], review.language),
        language=replace(edition.language, review=ReviewState.DRAFT, partly=False, reviewer=""),
        downloads=tuple(_download(name) for name in FOR_FAMILIES),
        incomplete=False,
        # What follows changes with each record of a checker, and no page or sheet of these shows it.
        back={},
        messages=(),
        shown=frozenset(),
        states={},
    )


def _download(name: str) -> Download:
    if name == ReadAloud.name:
        return Download(name, f"{name}.txt", 6_000)
    return Download(name, f"{name}.pdf", 120_000, 2)


def _words(review: LanguageReview) -> Mapping[str, str]:
    return {
        message.context: message.translation if _is_usable(message.translation) else message.english
        for message in review.messages
        if message.domain == INTERFACE
    }


def _is_usable(text: str) -> bool:
    try:
        markup.parse(text)
    except SourceError:
        return False
    return bool(text.strip())
