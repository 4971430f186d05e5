"""The options that ``build`` and ``schools build`` share."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from parentguide.model.review_state import TRANSLATION_STATES, ReviewState

_Command = TypeVar("_Command", bound=Callable[..., Any])
# An earlier name of a state, which scripts may still use.
_OLD_STATES = {"reviewed": "checked"}


class _ReviewState(click.Choice[str]):
    """A state that a reviewer's sign-off gives, from the lowest to the highest."""

    def __init__(self) -> None:
        super().__init__([state.value for state in TRANSLATION_STATES if state is not ReviewState.DRAFT])

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return super().convert(_OLD_STATES.get(value, value), param, ctx)


def review_state_option(about: str) -> Callable[[_Command], _Command]:
    """``--require``, the lowest state of review; ``about`` is its help."""
    return click.option("--require", type=_ReviewState(), help=about)


_OPTIONS = (
    click.option(
        "--guide",
        "-g",
        "guides",
        multiple=True,
        metavar="GUIDE",
        help="Name of a guide, e.g. cse; may be repeated. One that is being written too. Default: all that"
        " are ready.",
    ),
    click.option(
        "--language",
        "-l",
        "languages",
        multiple=True,
        metavar="LANGUAGE",
        help="Language code, e.g. pl or zh-Hans; may be repeated. Default: what the school chose, or all.",
    ),
    click.option(
        "--format",
        "--edition",
        "-e",
        "formats",
        multiple=True,
        metavar="NAME",
        help="Format, e.g. web or handout; may be repeated. Default: what the school chose, or all.",
    ),
    review_state_option("Leave out languages whose translation is reviewed less than this."),
    click.option("--black-and-white", "--mono", "mono", is_flag=True, help="Print sheets without colour."),
    click.option(
        "--leaf",
        type=click.Choice(["1"]),
        help="Make only the first leaf of the handout: whom to call, the signs, what to do.",
    ),
    click.option(
        "--paper",
        type=click.Choice(["a4", "a5"]),
        help="The paper of the handout (default: A4; A5 has smaller type, 12 point, and more sides).",
    ),
    click.option(
        "--jobs",
        type=click.IntRange(1),
        help="How many files to build in parallel. Default: one for each processor.",
    ),
    click.option("--zip", "archive", is_flag=True, help="Also make one ZIP file of each finished folder."),
    click.option(
        "--force",
        is_flag=True,
        help="Give a folder or ZIP file of somebody else another name, with today's date.",
    ),
)


def build_options(command: _Command) -> Callable[..., Any]:
    """Add the shared options to a command, which gets them as one ``BuildRequest`` named ``request``."""

    @wraps(command)
    def with_request(  # click gives each option by its name
        *,
        guides: tuple[str, ...],
        languages: tuple[str, ...],
        formats: tuple[str, ...],
        require: str | None,
        mono: bool,
        leaf: str | None,
        paper: str | None,
        jobs: int | None,
        archive: bool,
        force: bool,
        **others: Any,
    ) -> Any:
        from parentguide.build.api import BuildRequest

        request = BuildRequest(
            languages=languages,
            formats=formats,
            archive=archive,
            mono=mono,
            first_leaf=leaf is not None,
            a5=paper == "a5",
            require=ReviewState(require or ReviewState.DRAFT),
            jobs=jobs or 0,
            force=force,
            guides=guides,
        )
        return command(request=request, **others)

    with_options: Callable[..., Any] = with_request
    for option in reversed(_OPTIONS):
        with_options = option(with_options)
    return with_options


class _Folder(click.Path):
    """The path of a folder; an empty text is not one, although ``Path("")`` is the current folder."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not str(value).strip():
            self.fail("the name of the folder is empty. Name one, such as guides.", param, ctx)
        return super().convert(value, param, ctx)


def out_option(default: str) -> Callable[[_Command], _Command]:
    """``--out``, the folder to write to."""
    return click.option(
        "--out",
        "-o",
        type=_Folder(),
        default=Path(default),
        show_default=True,
        help="Folder to write to.",
    )
