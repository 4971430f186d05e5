"""What a school should know about its details that is not a mistake: shown when guides are built."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from parentguide.errors import Loc, loc_text
from parentguide.model.facts import facts_of
from parentguide.model.school import Logo, School, same_speech
from parentguide.schools.details import detail_texts
from parentguide.schools.drawable import undrawable


@dataclass(frozen=True, slots=True)
class Notice:
    """One remark: ``code`` names its kind, ``loc`` the place in ``school.toml``."""

    code: str
    loc: Loc
    text: str

    def __str__(self) -> str:
        return f"{loc_text(self.loc)}: {self.text}"


def school_notices(school: School, tags: Iterable[str], needed: Collection[str] = ()) -> tuple[Notice, ...]:
    """A notice for each value that was corrected or is not shown anywhere, and for a missing number.

    ``tags`` are those of the languages that there are guides in, ``needed`` the facts that blocks of the
    guides depend on (:func:`~parentguide.model.facts.facts_needed`).
    """
    return (
        *_authority_notices(school, needed),
        *_address_notices(school),
        *_colour_notices(school),
        *_logo_notices(school.logo),
        *_language_notices(school, tuple(tags)),
        *_character_notices(school),
    )


def _authority_notices(school: School, needed: Collection[str]) -> Iterator[Notice]:
    if "council" in needed and "council" not in facts_of(school):
        yield Notice(
            "no-authority-phone",
            ("local_contacts",),
            "your local authority has no phone number here. The guides leave out the words about it."
            ' Add a contact with kind = "local_authority" and its phone.',
        )
    for position, contact in enumerate(school.local_contacts):
        if contact.is_authority and not contact.out_of_hours and "council_out_of_hours" in needed:
            yield Notice(
                "no-number-at-night",
                ("local_contacts", position),
                "the guides tell families to call your local authority when school is closed."
                " Add out_of_hours, its number at night and at weekends; if it is the same number, write it"
                " once more.",
            )


def _address_notices(school: School) -> Iterator[Notice]:
    guides = school.guides
    if guides and guides.given:
        yield Notice(
            "address-corrected",
            ("guides",),
            f"{guides.given} is the page of a folder; the address of the folder is used instead:"
            f" {guides.shown}. Write that into your file and this notice goes away.",
        )


def _colour_notices(school: School) -> Iterator[Notice]:
    colour = school.colour
    if colour and colour.light != colour.given:
        yield Notice(
            "colour-corrected",
            ("colour",),
            f"{colour.given} is too pale to be read on light paper; {colour.light} is used instead."
            f" Write {colour.light} into your file and this notice goes away.",
        )


def _logo_notices(logo: Logo | None) -> Iterator[Notice]:
    if logo and logo.left_out:
        removed = ", ".join(logo.left_out)
        yield Notice(
            "logo-simplified",
            ("logo",),
            f"these parts were removed, because they are not safe in a picture: {removed}. Look at a page.",
        )


def _language_notices(school: School, tags: tuple[str, ...]) -> Iterator[Notice]:
    for position, contact in enumerate(school.local_contacts):
        for spoken in contact.languages:
            if not any(same_speech(spoken, tag) for tag in tags):
                yield Notice(
                    "language-without-guide",
                    ("local_contacts", position),
                    f"“{contact.name}” speaks “{spoken}”, but there is no guide in it, so no page says so."
                    f" Guides are in: {', '.join(tags)}.",
                )


def _character_notices(school: School) -> Iterator[Notice]:
    for place, text in detail_texts(school):
        for char in undrawable(text):
            yield Notice(
                "character-without-font",
                (place,),
                f"no font for print has the character “{char}” (U+{ord(char):04X}), so the sheets leave it"
                " out; the pages show it. Write it in other letters, so that the sheets have it too.",
            )
