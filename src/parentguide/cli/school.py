"""``parentguide school``: the details of one school, in school.toml."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from parentguide.cli.terminal import confirm, echo, next_step
from parentguide.errors import ParentguideError

if TYPE_CHECKING:
    from parentguide.schools.description import Detail


@click.group()
def school() -> None:
    """Write down your school's details."""


@school.command("schema")
def schema() -> None:
    """Print the JSON Schema of school.toml, for editors that complete and check it."""
    from parentguide.schools.school_schema import school_schema

    echo(school_schema(), nl=False)


@school.command("new")
@click.option(
    "--out",
    "-o",
    type=click.Path(path_type=Path),
    default=Path("school.toml"),
    show_default=True,
    help="The file to write.",
)
def new(out: Path) -> None:
    """Ask for your school's details one by one, and write school.toml.

    Press Enter to leave something out. The file is written at the end.
    """
    from parentguide.infra.aside import check_new_file, keep_earlier
    from parentguide.infra.files import write_text
    from parentguide.project.project import Project
    from parentguide.project.recorded import history_of, recorded
    from parentguide.schools.description import DETAILS, TEAM
    from parentguide.schools.notices import school_notices
    from parentguide.schools.school_file import file_reader_beside, parse_school
    from parentguide.schools.school_text import new_school_text

    check_new_file(out)
    question = f"{out} exists already. Write a new one? The present one gets another name."
    folder = out.parent.resolve()
    history_of(folder).settle()
    if out.exists() and not confirm(question, default=False):
        raise click.Abort
    values = {
        detail.key: _ask(detail.wording.question, detail, beside=out)
        for detail in DETAILS
        if detail.wording.question
    }
    text = new_school_text({**values, TEAM.key: _ask_team(), "local_contacts": _ask_local()})
    found = parse_school(text, out, file_reader_beside(out))
    kept = keep_earlier(out)
    with recorded(folder, "Write the school's details", [folder / out.name]):
        write_text(out, text)
    if kept is not None:
        echo(f"The earlier file is kept as {kept}")
    for notice in school_notices(found, Project().languages):
        echo(f"warning: {notice}", err=True)
    echo(f"{out}: written.")
    next_step(f"make the guides: parentguide build --school {out}")


def _ask_team() -> list[dict[str, str | list[str]]]:
    from parentguide.schools.description import TEAM

    name, *others = TEAM.details
    team: list[dict[str, str | list[str]]] = []
    while len(team) < TEAM.most:
        which = "next" if team else "first"
        person = _ask(f"Safeguarding team: name of the {which} person (Enter: no more)", name)
        if not person:
            break
        answers = {detail.key: _ask(f"  {detail.wording.question}", detail) for detail in others}
        team.append({name.key: person, **{key: answer for key, answer in answers.items() if answer}})
    return team


def _ask_local() -> list[dict[str, str | list[str]]]:
    """The local authority first, then other help near the school."""
    from parentguide.schools.description import LOCAL
    from parentguide.schools.field_types import LOCAL_AUTHORITY

    name = LOCAL.details[0]
    local: list[dict[str, str | list[str]]] = []
    authority = _ask("Your local authority's children's services: name (Enter: leave out)", name)
    if authority:
        (night,) = (detail for detail in LOCAL.details if detail.key == "out_of_hours")
        entry = {"kind": LOCAL_AUTHORITY, name.key: authority, **_ask_contact()}
        number = _ask(f"  {night.wording.question} (Enter: leave out)", night)
        local.append(entry | ({night.key: number} if number else {}))
    while len(local) < LOCAL.most:
        other = _ask("Other help near you, such as a helpline: name (Enter: no more)", name)
        if not other:
            break
        local.append({name.key: other, **_ask_contact()})
    return local


def _ask_contact() -> dict[str, str | list[str]]:
    """At least one way to reach somebody, and the languages spoken there."""
    from parentguide.schools.description import LOCAL

    details = {detail.key: detail for detail in LOCAL.details}
    answers: dict[str, str | list[str]] = {}
    while not answers:
        for key in ("phone", "website", "email", "address"):
            answer = _ask(f"  {details[key].wording.question} (Enter: leave out)", details[key])
            answers |= {key: answer} if answer else {}
        if not answers:
            echo("  Please give a phone number, website, email or address.")
    spoken = _ask(f"  {details['languages'].wording.question}", details["languages"])
    return answers | ({"languages": list(details["languages"].parsed.parse(spoken))} if spoken else {})


def _ask(question: str, detail: "Detail", beside: Path | None = None) -> str:
    """Ask until the answer is a value that ``detail`` can have; the empty answer leaves it out.

    A logo is looked for beside the file ``beside``.
    """
    from parentguide.errors import InvalidValueError

    while True:
        answer = str(click.prompt(question, default="", show_default=False)).strip()
        if not answer:
            return ""
        try:
            detail.parsed.parse(answer)
            if beside is not None and detail.parsed.kind == "file":
                _try_logo(answer, beside)
        except InvalidValueError as error:
            echo(f"  {error}")
        except ParentguideError as error:
            echo(f"  {error.problems[0].sentence}")
        else:
            return answer


def _try_logo(name: str, beside: Path) -> None:
    """Raises our errors for a logo that cannot be used."""
    from parentguide.schools.school_file import file_reader_beside, school_from

    school_from({"logo": name}, None, file_reader_beside(beside))
