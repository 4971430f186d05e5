"""A small edition with every kind of block, for tests of renderers."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

from parentguide.model.contact import FieldValue
from parentguide.model.language import Language, PrintStyle
from parentguide.model.output import Download, Edition, Site
from parentguide.model.school import LocalContact, Person, School
from parentguide.model.walk import messages, translate
from tests.unit.model.blocks import EVERY_GUIDE

TEMPLATES = Path(__file__).parents[3] / "templates"
PHONE = FieldValue("phone", "0808 800 5000", "tel:08088005000")
LATIN = PrintStyle(("Source Sans 3",), leading=1.35)
ENGLISH = Language("en", "English", "English", "ltr", "Latn", LATIN, lang="en", spoken_as="English")
NO_SCHOOL = School()
SCHOOL = School(
    name="Example <School>",
    website=FieldValue("url", "www.a.sch.uk", "https://www.a.sch.uk"),
    guides=FieldValue("url", "www.a.sch.uk/g", "https://www.a.sch.uk/g"),
    team=(Person("A. Teacher", "Lead", PHONE, FieldValue("url", "a@a.sch.uk", "mailto:a@a.sch.uk")),),
    local_contacts=(LocalContact("Council", (PHONE,), ("pl", "ur"), True), LocalContact("Charity", (PHONE,))),
    policy=FieldValue("url", "www.a.sch.uk/policy", "https://www.a.sch.uk/policy"),
    dated=date(2026, 11, 24),
)


def language(tag: str = "pl", direction: Literal["ltr", "rtl"] = "ltr", script: str = "Latn") -> Language:
    return replace(
        ENGLISH,
        tag=tag,
        lang=tag,
        english_name="Polish" if tag == "pl" else "Urdu",
        own_name="polski" if tag == "pl" else "اردو",
        spoken_as="Polish" if tag == "pl" else "Urdu",
        direction=direction,
        script=script,
        dated=date(2026, 11, 23),
        print=LATIN if script == "Latn" else PrintStyle(("Amiri",), 1.1, 1.6),
    )


def edition(in_language: Language = ENGLISH, school: School = NO_SCHOOL) -> Edition:
    """The guide with every block, with “[pl] ” before each translated text."""
    translated = {s.id: f"[{in_language.tag}] {s.text}" for s in messages(EVERY_GUIDE)}
    whole = EVERY_GUIDE if in_language.is_source else translate(EVERY_GUIDE, in_language.tag, translated)
    return Edition(
        guide=whole,
        whole=whole,
        english=EVERY_GUIDE,
        language=in_language,
        languages=(ENGLISH, in_language),
        interface={},
        fields={"nspcc": PHONE},
        school=School(),
        downloads=(Download("handout", "a.pdf", 45_000, 2), Download("read-aloud", "a.txt", 900)),
    ).for_school(school)


def site(*editions: Edition, school: School = NO_SCHOOL) -> Site:
    return Site(editions, school, ("web", "handout"))
