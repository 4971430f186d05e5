"""``parentguide build``: the guides of one school."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from parentguide.cli.build_options import build_options, out_option
from parentguide.cli.common import list_moved, project_option
from parentguide.cli.progress import file_progress
from parentguide.cli.terminal import echo, next_step

if TYPE_CHECKING:
    from parentguide.build.api import BuildPlan, BuildRequest, BuildResult, Gap
    from parentguide.model.school import School
    from parentguide.project.project import Project


@click.command()
@build_options
@click.option(
    "--school",
    "school_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Your school.toml. Without it, sheets have lines to write on.",
)
@out_option("output")
@click.option(
    "--allow-incomplete",
    is_flag=True,
    help="Show the English, marked as English, where a translation is missing.",
)
@project_option
def build(
    request: "BuildRequest",
    school_file: Path | None,
    out: Path,
    allow_incomplete: bool,
    project_root: Path | None,
) -> None:
    """Make the pages and sheets.

    Writes OUT/README-FIRST.html (what each file is for), OUT/index.html (choose a
    language), a folder OUT/GUIDE/LANGUAGE for each language, and OUT/manifest.json.
    Removes files of an earlier build that this build does not make, and nothing else: OUT has to
    be new, empty or the folder of an earlier build. Files in it that somebody has changed are
    moved to a folder beside OUT.

    A file that cannot be made is left out with a warning that says why; all else is made, and the
    exit code is 0. It is 4 if a language then has no file at all, and 3 if a language was left out
    because its translation is not ready.
    """
    from parentguide.build.api import build_guides
    from parentguide.errors import IncompleteTranslationError, LayoutError
    from parentguide.project.project import Project
    from parentguide.render.left_out import left_out_lines

    project = Project(project_root)
    school = _read_school(school_file)
    _warn(project, school, request.guides)
    request = replace(
        request,
        languages=request.languages or school.languages,
        formats=request.formats or school.formats,
        school=school,
        allow_incomplete=allow_incomplete,
    )
    with file_progress("Making guides") as step:
        result = build_guides(project, request, out, step)
    _report(result, request, out)
    for line in left_out_lines(result.left_out):
        echo(f"warning: {line}", err=True)
    refused = _refused(project, request, result.plan)
    _note_unready(project, request, result.plan)
    if refused:
        echo(_skipped(refused), err=True)
    next_step(_after_build(result, out))
    if refused:
        raise SystemExit(IncompleteTranslationError.exit_code)
    if result.without_files:
        raise SystemExit(LayoutError.exit_code)


def _refused(project: "Project", request: "BuildRequest", plan: "BuildPlan") -> "tuple[Gap, ...]":
    """What keeps a language out that should be there: nobody expects a guide that is being written to be
    translated, unless its languages were named."""
    named = bool(request.languages)
    return tuple(gap for gap in plan.refused if named or gap.guide not in project.unready_slugs)


def _note_unready(project: "Project", request: "BuildRequest", plan: "BuildPlan") -> None:
    """Say which guides are not ready: of the named ones those that were made, else those left out."""
    unready = [slug for slug in request.guides or project.slugs if slug in project.unready_slugs]
    if not unready:
        return
    names, one = ", ".join(dict.fromkeys(unready)), len(set(unready)) == 1
    if not request.guides:
        echo(f"Left out, because {'it is' if one else 'they are'} being written: {names}")
        return
    echo(f"{names}: {'is' if one else 'are'} not ready. Do not give the files to families yet.", err=True)
    waiting = {gap.language.tag for gap in plan.refused if gap.guide in unready}
    if waiting and not request.languages:
        count = "1 language has" if len(waiting) == 1 else f"{len(waiting)} languages have"
        echo(f"{count} no whole translation of what is being written.", err=True)


def _after_build(result: "BuildResult", out: Path) -> str:
    if "web" in result.plan.formats:
        return f"open {(out / 'README-FIRST.html').resolve()}: it says what each file is for."
    return "look at the English sheet: are the names and phone numbers of your school right?"


def _read_school(path: Path | None) -> "School":
    from parentguide.model.school import School
    from parentguide.schools.school_file import read_school

    return School() if path is None else read_school(path)


def _warn(project: "Project", school: "School", guides: tuple[str, ...]) -> None:
    """Say which contacts nobody has verified for a year, what the school should know, and which
    translations may have wrong letters."""
    from datetime import date

    from parentguide.checks.catalog.charset import check_charset
    from parentguide.model.facts import facts_needed
    from parentguide.project.contacts_file import stale_contacts
    from parentguide.project.guide_choice import guides_to_build, narrowed
    from parentguide.schools.notices import school_notices

    for contact in stale_contacts(project.contacts, date.today()):
        echo(
            f"warning: {contact.value.shown} [{contact.name}] was last verified on {contact.verified_on}."
            " Check it, then write the new date in contacts.toml.",
            err=True,
        )
    needed = facts_needed(
        project.guide_source(slug).guide for slug in guides_to_build(narrowed(project, guides))
    )
    for notice in school_notices(school, project.complete_languages, needed):
        echo(f"warning: {notice}", err=True)
    for finding in check_charset(project):
        echo(f"warning: {finding.path}: {finding.message}. {finding.hint}", err=True)


def _report(result: "BuildResult", request: "BuildRequest", out: Path) -> None:
    """Say what was made, and what to open first."""
    from parentguide.build.api import GATEWAY, archive_path

    plan = result.plan
    list_moved(result.moved)
    if result.nothing_new:
        echo(f"Nothing has changed: {result.kept} files are up to date: {out.resolve()}")
    else:
        kept = f" ({result.kept} were up to date)" if result.kept else ""
        count = len(plan.languages)
        languages = "1 language" if count == 1 else f"{count} languages"
        echo(f"Made {result.made} files in {languages}{kept}: {out.resolve()}")
    if result.left_out:
        missing = len(result.left_out)
        echo("1 file could not be made." if missing == 1 else f"{missing} files could not be made.")
    if plan.fonts_made:
        seconds = sum(font.seconds for font in plan.fonts_made)
        count = len(plan.fonts_made)
        fonts = "a font" if count == 1 else f"{count} fonts"
        echo(f"Made {fonts} for the sheets first, in {seconds:.1f} s")
    if "web" in plan.formats:
        echo(f"Open this first: {(out / GATEWAY).resolve()}")
    elif plan.editions:
        echo(f"The sheets are in: {(out / plan.editions[0].guide.slug).resolve()}")
    if request.archive:
        echo(f"Everything in one file: {archive_path(out)}")
    for edition in plan.editions:
        if edition.earlier:
            echo(
                f"{edition.language.english_name}, {edition.guide.slug}: until the changed English is"
                f" translated, these show the earlier pair: {', '.join(edition.earlier)}"
            )
    if any(edition.incomplete for edition in plan.editions):
        echo("Some guides show English where the translation is missing: see the notice on the page.")


def _skipped(gaps: "tuple[Gap, ...]") -> str:
    """The languages that were left out, with the reason for each and what to do."""
    from parentguide.build.api import refusal_remedy

    heading = "Skipped: translation incomplete, or not reviewed to the level you asked for:"
    return "\n".join([heading, *(f"  {gap}" for gap in gaps), refusal_remedy(gaps)])
