"""The options of commands that record what a reviewer said."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from parentguide.errors import ProjectError

if TYPE_CHECKING:
    from parentguide.review.sheet_reader import Answers
    from parentguide.review.sign_off import Reviewer


@dataclass(frozen=True, slots=True)
class ReviewerOptions:
    """What the command line says about the reviewer; empty where it says nothing."""

    kind: str
    role: str
    name: str
    public: bool
    on: date | None

    def reviewer(self, sheet: "Answers | None" = None) -> "Reviewer":
        """The reviewer; what the options leave out is taken from the ``sheet``.

        Raises :class:`ProjectError` for what is missing or wrong.
        """
        from parentguide.review.sign_off import checked_reviewer

        today = date.today()
        return checked_reviewer(
            self.kind,
            self.role or (sheet.role if sheet else ""),
            self.name or (sheet.name if sheet else ""),
            public=self.public or bool(sheet and sheet.public),
            on=self.on or (sheet.date if sheet else None) or today,
            today=today,
        )


def reviewer_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options about the reviewer; the command gets them as ``who``."""
    from parentguide.review.ledger import SIGN_OFFS

    @wraps(command)
    def with_reviewer(*, kind: str, role: str, name: str, public: bool, on: str, **others: Any) -> None:
        command(who=ReviewerOptions(kind, role, name, public, day(on)), **others)

    options = (
        click.option(
            "--kind",
            type=click.Choice([str(kind) for kind in SIGN_OFFS]),
            default="checked",
            show_default=True,
            help="checked: by a bilingual speaker; professional: translated and revised by professionals; "
            "tested: with families.",
        ),
        click.option("--role", default="", help="What the reviewer does, such as “teacher”."),
        click.option("--name", default="", help="Name or initials. Kept only with --public."),
        click.option("--public", is_flag=True, help="The reviewer agreed that families see the name."),
        click.option(
            "--date", "on", default="", metavar="YYYY-MM-DD", help="The day of the review. Default: today."
        ),
    )
    decorated: Callable[..., None] = with_reviewer
    for option in reversed(options):
        decorated = option(decorated)
    return decorated


def day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date() if text else None
    except ValueError:
        raise ProjectError(f"“{text}” is not a date", remedy="Write it like 2026-11-24.") from None
