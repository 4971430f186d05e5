"""``check.html``, for a safeguarding lead who does not read the language; not for families."""

from collections.abc import Sequence
from pathlib import Path

from parentguide.model import markup
from parentguide.model.labels import STATE_LABELS
from parentguide.model.output import Edition, ReviewedMessage
from parentguide.model.review_state import ReviewState
from parentguide.render.l10n import format_day
from parentguide.render.web.contexts import CheckContext, CheckPart, CheckRow
from parentguide.render.web.look import Look

_OWN_STYLE = """\
main{max-width:60rem}
.message{border-block-start:2px solid var(--line);padding-block:.5rem}
.message h3{font-size:1rem;margin:0 0 .25rem}
.message dl{margin:0;display:grid;grid-template-columns:minmax(0,1fr);gap:.5rem 1.5rem}
@media (min-width:50rem){.message dl{grid-template-columns:repeat(3,minmax(0,1fr))}}
.message dt{font-weight:700;color:var(--quiet)}
.message dd{margin:0}
.message .wide{grid-column:1/-1}
.message .wide :is(dt,dd){display:inline;margin-inline-end:.5em}
"""


class CheckPage:
    """English, translation, back-translation, state and findings of every message."""

    name = "check"
    template_folder = "web"

    def __init__(self, templates: Path) -> None:
        self._look = Look(templates)
        self._styled = self._look.styled(_OWN_STYLE)

    def makes(self, edition: Edition) -> bool:
        return not edition.language.is_source

    def file_name(self, guide: str, tag: str) -> str:
        return "check.html"

    def render(self, edition: Edition) -> bytes:
        own = edition.numbers
        slug = edition.guide.slug
        parts = (
            ("The guide", [m for m in edition.messages if m.domain == slug]),
            ("Buttons, notices and sheets", [m for m in edition.messages if m.domain != slug]),
        )
        context: CheckContext = {
            **self._styled,
            "language": edition.language,
            "guide": edition.english,
            "parts": [_part(title, messages, edition, own) for title, messages in parts],
            "code": edition.code,
            "findings": sum(bool(message.findings) for message in edition.messages),
            "origin": edition.back_origin,
            "made_on": format_day(edition.back_made_on, "en_GB") if edition.back_made_on else "",
        }
        return self._look.render("check.html", context)


def _part(
    title: str, messages: Sequence[ReviewedMessage], edition: Edition, own: dict[str, int]
) -> CheckPart:
    return {
        "title": title,
        "rows": [_row(message, edition, own) for message in messages],
        "state": STATE_LABELS[min((m.state for m in messages), default=ReviewState.DRAFT)],
        "states": {
            name: sum(message.state == state for message in messages) for state, name in STATE_LABELS.items()
        },
    }


def _row(message: ReviewedMessage, edition: Edition, own: dict[str, int]) -> CheckRow:
    """One message; its number is that of the bilingual sheet."""
    values = {name: value.shown for name, value in edition.fields.items()}

    def words(text: str) -> str:
        return markup.filled(markup.plain(text), values)

    number = own.get(message.context)
    return {
        "title": f"{number} · {message.context}" if number else message.context,
        "english": words(message.english),
        "translation": words(message.translation),
        "back": words(message.back),
        "back_origin": message.back_origin,
        "state": STATE_LABELS[message.state],
        "signed": [f"{who}, {format_day(day, 'en_GB')}" for who, day in message.signed],
        "changed": message.changed,
        "doubted": message.doubted,
        "findings": message.findings,
        "newer_english": words(message.newer_english),
    }
