"""``parentguide check``, ``quality`` and ``status``: what is wrong, and how far each language is."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from parentguide.cli.common import editable, project_option
from parentguide.cli.terminal import echo, next_step

if TYPE_CHECKING:
    from parentguide.checks.finding import Finding
    from parentguide.model.language import Language
    from parentguide.project.project import Project
    from parentguide.translation.po import Message

_SOME_ERRORS = 1
# A pipe or a file has no width of its own, and a name that is cut off is useless there.
_WIDTH_OF_A_FILE = 150


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of lines.")
@click.option("--github", is_flag=True, help="Print annotations for GitHub Actions.")
@click.option(
    "--changed",
    is_flag=False,
    flag_value="HEAD",
    metavar="[REVISION]",
    help="Only what is new since a git revision (default: the last commit), and sign-offs that no longer"
    " count.",
)
@click.option(
    "--guide", "-g", "guides", multiple=True, metavar="GUIDE", help="Only this guide; may be repeated."
)
@click.option(
    "--language",
    "-l",
    "languages",
    multiple=True,
    metavar="LANGUAGE",
    help="Only the translations into this language; may be repeated. “en”: only the English.",
)
@project_option
def check(
    as_json: bool,
    github: bool,
    changed: str | None,
    guides: tuple[str, ...],
    languages: tuple[str, ...],
    project_root: Path | None,
) -> None:
    """Check the guides and translations for errors.

    Guides that are being written are left out; --guide checks one of them.
    Exit code 0: no errors (there may be warnings); 1: at least one error.
    """
    from parentguide.checks import Severity, check_count
    from parentguide.checks.report import github_lines, json_report, text_lines
    from parentguide.project.guide_choice import narrowed
    from parentguide.project.project import Project

    project = narrowed(Project(project_root), guides, languages)
    findings = _findings(project, changed)
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    if as_json:
        echo(json_report(findings))
    else:
        for line in (github_lines if github else text_lines)(findings):
            echo(line)
        _not_verified(project)
        echo(f"{check_count()} checks: {errors} errors, {len(findings) - errors} warnings.")
    _left_out(project)
    next_step(_after_check(project, errors))
    if errors:
        raise SystemExit(_SOME_ERRORS)


def _not_verified(project: "Project") -> None:
    """Say which facts of a guide nobody has read on the page of their source."""
    from parentguide.checks.guide.sources import not_verified

    for slug, ids in not_verified(project).items():
        facts = "1 fact" if len(ids) == 1 else f"{len(ids)} facts"
        echo(f"{slug}: {facts} not yet verified by a person on the source's own page: {', '.join(ids)}.")


def _left_out(project: "Project") -> None:
    """Say which guides were not checked because they are being written."""
    unready = () if project.named_guides else project.unready_slugs
    if unready:
        guides = "1 guide that is" if len(unready) == 1 else f"{len(unready)} guides that are"
        echo(f"Left out {guides} being written: {', '.join(unready)}.", err=True)


def _after_check(project: "Project", errors: int) -> str:
    unready = [slug for slug in project.named_guides or project.slugs if slug in project.unready_slugs]
    if errors:
        return "fix the errors, then run the command again."
    if not project.slugs:
        return "make a guide: “parentguide new NAME --from FILE”."
    if unready and project.named_guides:
        return f"when the guide is finished: “parentguide guide ready {unready[0]}”."
    if not project.ready_slugs:
        return f"check a guide that is being written: “parentguide check --guide {unready[0]}”."
    return "“parentguide build” makes the guides."


def _findings(project: "Project", changed: str | None) -> "list[Finding]":
    """All findings, or those that are new since the git revision ``changed``."""
    from tempfile import TemporaryDirectory

    from parentguide.checks import run_checks
    from parentguide.project.git_revision import project_at_revision
    from parentguide.review.regressions import new_findings

    if changed is None:
        return list(run_checks(project))
    with TemporaryDirectory() as folder:
        return list(new_findings(project, project_at_revision(project, changed, Path(folder))))


@click.command()
@project_option
def quality(project_root: Path | None) -> None:
    """Write QUALITY.md, PLAINNESS.md, and STYLE.md for each language.

    locales/QUALITY.md has the confidence in each translation and the errors that its readings found;
    locales/PLAINNESS.md how long its sentences are, and the longest;
    locales/LOCALE/STYLE.md first questions, traps, address and terms from the language's glossary.
    """
    from parentguide.checks.plainness_table import plainness_path, plainness_table
    from parentguide.project.quality_table import quality_path, quality_table
    from parentguide.project.recorded import write_recorded
    from parentguide.project.style_sheet import style_path, style_sheet, styled_languages

    project = editable(project_root)
    table = quality_path(project)
    texts = {table: quality_table(project), plainness_path(project): plainness_table(project)}
    for language in styled_languages(project):
        texts[style_path(project, language)] = style_sheet(project, language)
    written = {path: text.encode() for path, text in texts.items() if _bytes(path) != text.encode()}
    write_recorded(project.root, "Write QUALITY.md, PLAINNESS.md and STYLE.md", written)
    for path in texts:
        if path in written or path.parent == table.parent:
            echo(f"{path}: {'written' if path in written else 'unchanged'}")
    next_step("“parentguide check”.")


def _bytes(path: Path) -> bytes | None:
    from parentguide.infra.files import read_bytes

    return read_bytes(path) if path.exists() else None


@click.command()
@project_option
def status(project_root: Path | None) -> None:
    """Print a table of the languages: how each is written, what is missing, what was reviewed.

    Speakers are people in England and Wales whose main language it is (Census 2021),
    where the figure is known; # is the language's rank by speakers. Confidence is how far
    the author of the draft trusts it; languages.toml gives the reason.
    """
    from rich import box
    from rich.console import Console
    from rich.table import Table

    from parentguide.project.pot import ready_domains
    from parentguide.project.project import Project

    project = Project(project_root)
    sources = {domain: project.source_messages(domain) for domain in ready_domains(project)}
    table = Table(box=box.SIMPLE, padding=(0, 1, 0, 0))
    for heading in ("Tag", "Language", "Own name", "Script", "Marks", "Fonts"):
        table.add_column(heading, no_wrap=True)
    for heading in ("#", "Speakers", "Missing", "Fuzzy"):
        table.add_column(heading, justify="right")
    for heading in ("Confidence", "Review"):
        table.add_column(heading)
    for language in project.languages.values():
        table.add_row(*_status_row(project, language, sources))
    console = Console()
    Console(width=None if console.is_terminal else _WIDTH_OF_A_FILE).print(table)
    _left_out(project)
    next_step("“parentguide review status” shows what bilingual people have checked.")


def _status_row(
    project: "Project", language: "Language", sources: "Mapping[str, Mapping[str, Message]]"
) -> tuple[str, ...]:
    """The cells of one language, in the order of the headings."""
    from parentguide.project.language_fonts import fonts_of
    from parentguide.review.status import language_review
    from parentguide.translation import po

    ranks = sorted((other.speakers for other in project.languages.values()), reverse=True)
    states = [
        po.catalog_status(messages, project.catalog(language, domain))
        for domain, messages in sources.items()
        if not language.is_source
    ]
    return (
        language.tag,
        language.english_name,
        language.own_name,
        f"{language.script} {language.direction}",
        f"{language.quotes} {language.zero}",
        fonts_of(project, language).typeface,
        str(ranks.index(language.speakers) + 1) if language.speakers else "",
        f"{language.speakers:,}" if language.speakers else "",
        str(sum(len(state.missing) for state in states)),
        str(sum(len(state.fuzzy) for state in states)),
        language.confidence,
        language_review(project, language, tuple(sources)).reviewed.review,
    )
