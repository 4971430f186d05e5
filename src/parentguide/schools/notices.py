"""What a school should know of its details that is no mistake: said once, when guides are made."""

from collections.abc import Iterable, Iterator

from parentguide.model.school import Logo, School, same_speech


def school_notices(school: School, tags: Iterable[str]) -> tuple[str, ...]:
    """One sentence for each value that was corrected or shows nowhere.

    ``tags`` are those of the languages that there are guides in.
    """
    return (*_of_colour(school), *_of_logo(school.logo), *_of_languages(school, tuple(tags)))


def _of_colour(school: School) -> Iterator[str]:
    colour = school.colour
    if colour and colour.light != colour.given:
        yield (
            f"colour: {colour.given} is too pale to be read on light paper; {colour.light} is used instead."
            " Write it into your file to see no more of this."
        )


def _of_logo(logo: Logo | None) -> Iterator[str]:
    if logo and logo.left_out:
        gone = ", ".join(logo.left_out)
        yield f"logo: left out, as a safe picture cannot have it: {gone}. Look at a page."


def _of_languages(school: School, tags: tuple[str, ...]) -> Iterator[str]:
    for contact in school.local_contacts:
        for spoken in contact.languages:
            if not any(same_speech(spoken, tag) for tag in tags):
                yield (
                    f"local_contacts: “{contact.name}” speaks “{spoken}”, but no guide is in it, so no page"
                    f" says so. Guides are in: {', '.join(tags)}."
                )
