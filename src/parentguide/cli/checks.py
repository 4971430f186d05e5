"""``parentguide check``, ``quality`` and ``status``: what is wrong, and how far each language is."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from parentguide.cli.common import editable, project_option
from parentguide.cli.terminal import echo

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
@project_option
def check(as_json: bool, github: bool, changed: str | None, project_root: Path | None) -> None:
    """Check the guides and translations for errors.

    Exit code 0: no errors (there may be warnings); 1: at least one error.
    """
    from parentguide.checks import Severity, check_count
    from parentguide.checks.report import github_lines, json_report, text_lines
    from parentguide.project.project import Project

    findings = _findings(Project(project_root), changed)
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    if as_json:
        echo(json_report(findings))
    else:
        for line in (github_lines if github else text_lines)(findings):
            echo(line)
        echo(f"{check_count()} checks: {errors} errors, {len(findings) - errors} warnings.")
    if errors:
        raise SystemExit(_SOME_ERRORS)


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
    """Write locales/QUALITY.md: the confidence in each translation, and the errors its revision found."""
    from parentguide.infra.files import read_text, write_text
    from parentguide.project.quality_table import quality_path, quality_table
    from parentguide.project.recorded import recorded

    project = editable(project_root)
    path = quality_path(project)
    text = quality_table(project)
    changed = not path.exists() or read_text(path) != text
    if changed:
        with recorded(project.root, "Write QUALITY.md", [path]):
            write_text(path, text)
    echo(f"{path}: {'written' if changed else 'unchanged'}")


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

    from parentguide.project.pot import domains
    from parentguide.project.project import Project

    project = Project(project_root)
    sources = {domain: project.source_messages(domain) for domain in domains(project)}
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


def _status_row(
    project: "Project", language: "Language", sources: "Mapping[str, Mapping[str, Message]]"
) -> tuple[str, ...]:
    """The cells of one language, in the order of the headings."""
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
        language.print.fonts[0],
        str(ranks.index(language.speakers) + 1) if language.speakers else "",
        f"{language.speakers:,}" if language.speakers else "",
        str(sum(len(state.missing) for state in states)),
        str(sum(len(state.fuzzy) for state in states)),
        language.confidence,
        language_review(project, language, tuple(sources)).reviewed.review,
    )
