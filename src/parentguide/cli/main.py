"""The command line: the commands, their help, and one place where errors end.

Everything heavy is imported inside a command, so that ``--help`` answers at once.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from parentguide.cli.common import editable, project_option
from parentguide.cli.draft import draft
from parentguide.cli.review import review
from parentguide.cli.schools import school, schools
from parentguide.cli.studio import studio
from parentguide.errors import ParentguideError

if TYPE_CHECKING:
    from parentguide.build.api import Gap
    from parentguide.model.school import School

EXIT_INTERRUPTED = 130


class _Commands(click.Group):
    """Prints our errors without a traceback and exits with their code."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except ParentguideError as error:
            click.echo(f"parentguide: {error}", err=True)
            ctx.exit(error.exit_code)
        except BrokenPipeError:
            sys.stderr.close()
            ctx.exit(0)


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="parentguide")
def main() -> None:
    """Make guides for parents, in many languages, as web pages and printed sheets.

    Start with:  parentguide build --out output
    """
    for stream in (sys.stdout, sys.stderr):
        # A Windows console may not know every script: show "?" rather than stop.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


@main.command()
@click.option(
    "--language",
    "-l",
    "languages",
    multiple=True,
    metavar="TAG",
    help="A language's tag, such as pl or zh-Hans; may be repeated. Default: all.",
)
@click.option(
    "--format",
    "--edition",
    "-e",
    "formats",
    multiple=True,
    metavar="NAME",
    help="Such as web, handout or read-aloud; may be repeated. Default: all.",
)
@click.option(
    "--school",
    "school_file",
    type=click.Path(path_type=Path),
    help="Your school.toml. Without it, sheets have lines to write on.",
)
@click.option(
    "--out",
    "-o",
    type=click.Path(path_type=Path),
    default=Path("output"),
    show_default=True,
    help="Folder to write to.",
)
@click.option(
    "--allow-incomplete",
    is_flag=True,
    help="Show the English, marked as English, where a translation is missing.",
)
@click.option(
    "--require",
    type=click.Choice(["reviewed", "checked", "professional", "tested"]),
    help="Refuse languages whose review is below this; “reviewed” is the same as “checked”.",
)
@click.option("--mono", is_flag=True, help="Sheets in black only, for the school's copier.")
@click.option(
    "--jobs", type=click.IntRange(1), help="Sheets to set at a time. Default: one for each processor."
)
@click.option("--zip", "archive", is_flag=True, help="Also put everything into one archive, OUT.zip.")
@project_option
def build(
    languages: tuple[str, ...],
    formats: tuple[str, ...],
    school_file: Path | None,
    out: Path,
    allow_incomplete: bool,
    require: str | None,
    mono: bool,
    jobs: int | None,
    archive: bool,
    project_root: Path | None,
) -> None:
    """Make the pages and sheets.

    Writes OUT/README-FIRST.html (what each file is for), OUT/index.html (choose a
    language), a folder OUT/GUIDE/TAG for each language, and OUT/manifest.json. Files of
    an earlier build that this one does not make are removed.
    """
    from datetime import date

    from parentguide.build.api import GATEWAY, BuildRequest, archive_path, build_guides
    from parentguide.errors import IncompleteTranslationError
    from parentguide.model.review_state import ReviewState
    from parentguide.project.contacts_file import stale_contacts
    from parentguide.project.project import Project
    from parentguide.schools.notices import school_notices

    project = Project(project_root)
    for contact in stale_contacts(project.contacts, date.today()):
        click.echo(
            f"warning: {contact.value.shown} [{contact.name}] was last verified on {contact.verified_on}."
            " Check it, then write the new date in contacts.toml.",
            err=True,
        )
    own = _read_school(school_file)
    for remark in school_notices(own, project.languages):
        click.echo(f"warning: {remark}", err=True)
    request = BuildRequest(
        languages=languages or own.languages,
        formats=formats or own.formats,
        school=own,
        allow_incomplete=allow_incomplete,
        archive=archive,
        mono=mono,
        require=ReviewState("checked" if require == "reviewed" else require or "draft"),
        jobs=jobs or 0,
    )
    with _Progress() as progress:
        built = build_guides(project, request, out, progress.step)
    made = built.plan
    first = next((e for e in made.editions), None)
    if built.nothing_new:
        click.echo(f"Nothing has changed: {built.kept} files were right already: {out.resolve()}")
    else:
        kept = f" ({built.kept} were right already)" if built.kept else ""
        click.echo(f"Made {built.made} files in {len(made.editions)} languages{kept}: {out.resolve()}")
    if "web" in made.formats:
        click.echo(f"Open this first: {(out / GATEWAY).resolve()}")
    elif first is not None:
        click.echo(f"The sheets are in: {(out / first.guide.slug).resolve()}")
    if archive:
        click.echo(f"All of it in one file: {archive_path(out)}")
    if any(e.incomplete for e in made.editions):
        click.echo("Some guides show English where the translation is missing: see the notice on the page.")
    if made.refused:
        click.echo(_refusal(made.refused), err=True)
        raise SystemExit(IncompleteTranslationError.exit_code)


def _refusal(gaps: "tuple[Gap, ...]") -> str:
    from parentguide.build.api import refusal_remedy

    lines = [
        "Not made, because a parent must not read a half-translated guide, or one reviewed less than you ask:"
    ]
    lines += [f"  {gap}" for gap in gaps]
    return "\n".join([*lines, refusal_remedy(gaps)])


def _read_school(path: Path | None) -> "School":
    from parentguide.model.school import School
    from parentguide.schools.school_file import read_school

    return School() if path is None else read_school(path)


class _Progress:
    """A bar on a terminal; nothing where the output is a file or a pipe."""

    def __enter__(self) -> "_Progress":
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        console = Console(stderr=True)
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.completed} files"),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._bar.start()
        self._task = self._bar.add_task("Making guides", total=None)
        return self

    def step(self, path: str) -> None:
        self._bar.update(self._task, advance=1, description=path)

    def __exit__(self, *_: object) -> None:
        self._bar.stop()


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of lines.")
def read(file: Path, as_json: bool) -> None:
    """Show a newsletter as numbered statements.

    FILE is the newsletter's text, as copied out of a PDF or a web page.
    """
    import json

    from parentguide.errors import SourceError
    from parentguide.infra.files import read_bytes
    from parentguide.newsletter.statements import decode, read_statements

    try:
        statements = read_statements(decode(read_bytes(file), file))
    except SourceError as error:
        raise error.at(file) from None
    if as_json:
        rows = [{"number": s.number, "kind": s.kind, "text": s.text, "line": s.line} for s in statements]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for statement in statements:
        click.echo(f"{statement.number:>3}  {statement.kind:<9}  {statement.text}")


@main.command()
@click.argument("slug")
@click.option(
    "--from", "newsletter", type=click.Path(path_type=Path), required=True, help="The newsletter's text."
)
@project_option
def new(slug: str, newsletter: Path, project_root: Path | None) -> None:
    """Begin a guide: every statement of a newsletter in place, to be put in plain words.

    SLUG is the guide's short name, such as online-safety. Makes locales/en/SLUG/ with
    guide.md, the newsletter, and the official definition if the newsletter quotes one.
    """
    from parentguide.infra.files import read_bytes
    from parentguide.project.new_guide import new_guide

    folder = new_guide(editable(project_root), slug, newsletter, read_bytes(newsletter))
    click.echo(f"Made {folder / 'guide.md'}")
    if (folder / "definition.toml").exists():
        click.echo(f"Fill in who published the official words, and when: {folder / 'definition.toml'}")
    click.echo("Now put each block in plain words, then run “parentguide check”.")


@main.command()
@project_option
def extract(project_root: Path | None) -> None:
    """Write the templates for translators: locales/GUIDE.pot and locales/interface.pot."""
    from parentguide.infra.atomic import write_file
    from parentguide.infra.files import read_bytes
    from parentguide.project.pot import domains, pot_bytes

    project = editable(project_root)
    for domain in domains(project):
        path, data = project.pot_path(domain), pot_bytes(project, domain)
        changed = not path.exists() or read_bytes(path) != data
        if changed:
            write_file(path, data)
        click.echo(
            f"{path}: {len(project.source_messages(domain))} messages, {'written' if changed else 'unchanged'}"
        )


@main.command()
@click.argument("tags", nargs=-1)
@project_option
def update(tags: tuple[str, ...], project_root: Path | None) -> None:
    """Bring the PO files up to the templates. TAGS are languages; none means all.

    A translation stays with its msgctxt. Where the English changed it is marked fuzzy,
    and is not shown until somebody has looked at it. Nothing is thrown away.
    """
    from parentguide.infra.atomic import write_file
    from parentguide.infra.files import read_bytes
    from parentguide.project.pot import domains
    from parentguide.translation import po

    project = editable(project_root)
    chosen = [project.language(tag) for tag in tags] or list(project.languages.values())
    for language in chosen:
        if language.is_source:
            continue
        for domain in domains(project):
            path = project.catalog_path(language, domain)
            old = read_bytes(path) if path.exists() else None
            pot_bytes = read_bytes(project.pot_path(domain))
            data = po.merge(pot_bytes, old, language.locale, path)
            if data != old:
                write_file(path, data)
            state = po.catalog_status(project.source_messages(domain), project.catalog(language, domain))
            click.echo(f"{path}: {len(state.missing)} missing, {len(state.fuzzy)} fuzzy")


@main.command("new-language")
@click.argument("tag")
@click.option("--english-name", default="", help="What the school office calls it. Default: as CLDR has it.")
@click.option("--own-name", default="", help="What its readers call it. Default: as CLDR has it.")
@click.option("--script", default="", help="ISO 15924 code, such as Latn or Arab. Default: as CLDR has it.")
@project_option
def new_language(tag: str, english_name: str, own_name: str, script: str, project_root: Path | None) -> None:
    """Set up one more language: its table in languages.toml, and PO files to translate.

    TAG is a BCP 47 tag, such as ro, pt-PT or pa-Arab. Nothing is built in the language
    until its translation is complete.
    """
    from datetime import date

    from parentguide.project.new_language import LanguageNames, add_language

    given = LanguageNames(english_name, own_name, script)
    for path in add_language(editable(project_root), tag, given, date.today()):
        click.echo(f"{path}: written")
    click.echo("Look at the names in languages.toml, translate the PO files, then run “parentguide check”.")


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of lines.")
@click.option("--github", is_flag=True, help="Print annotations as GitHub Actions shows them.")
@click.option(
    "--changed",
    is_flag=False,
    flag_value="HEAD",
    metavar="[REVISION]",
    help="Only what is new since a git revision (default: the last commit), and approvals that no longer"
    " count.",
)
@project_option
def check(as_json: bool, github: bool, changed: str | None, project_root: Path | None) -> None:
    """Prove that guides and translations are whole.

    Exit code 0: nothing, or warnings only; 1: at least one error.
    """
    from tempfile import TemporaryDirectory

    from parentguide.checks import CHECKS, Severity, run_checks
    from parentguide.checks.report import github_lines, json_report, text_lines
    from parentguide.project.git_revision import project_at_revision
    from parentguide.project.project import Project
    from parentguide.review.regressions import new_findings

    project = Project(project_root)
    if changed is None:
        findings = list(run_checks(project))
    else:
        with TemporaryDirectory() as folder:
            findings = list(new_findings(project, project_at_revision(project, changed, Path(folder))))
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    if as_json:
        click.echo(json_report(findings))
    else:
        for line in (github_lines if github else text_lines)(findings):
            click.echo(line)
        click.echo(f"{len(CHECKS)} checks: {errors} errors, {len(findings) - errors} warnings.")
    if errors:
        raise SystemExit(1)


@main.command()
@project_option
def quality(project_root: Path | None) -> None:
    """Write locales/QUALITY.md: the confidence in each translation, and the errors its revision found."""
    from parentguide.infra.atomic import write_file
    from parentguide.project.quality_table import quality_path, quality_table

    project = editable(project_root)
    path = quality_path(project)
    write_file(path, quality_table(project).encode("utf-8"))
    click.echo(f"{path}: written")


@main.command()
@project_option
def status(project_root: Path | None) -> None:
    """Print a table of the languages: how they are written, what is missing, what was reviewed.

    Speakers are people in England and Wales whose main language it is (Census 2021),
    where the figure is known; # is the language's place among them. Confidence is how far
    the author of the draft trusts it; languages.toml says why.
    """
    from rich import box
    from rich.console import Console
    from rich.table import Table

    from parentguide.project.pot import domains
    from parentguide.project.project import Project
    from parentguide.review.status import language_review
    from parentguide.translation import po

    project = Project(project_root)
    templates = {domain: project.source_messages(domain) for domain in domains(project)}
    known = sorted((language.speakers for language in project.languages.values()), reverse=True)
    table = Table(box=box.SIMPLE, padding=(0, 1, 0, 0))
    for heading in ("Tag", "Language", "Own name", "Script", "Marks", "Fonts"):
        table.add_column(heading, no_wrap=True)
    for heading in ("#", "Speakers", "Missing", "Fuzzy"):
        table.add_column(heading, justify="right")
    for heading in ("Confidence", "Review"):
        table.add_column(heading)
    for language in project.languages.values():
        states = [
            po.catalog_status(pot_bytes, project.catalog(language, domain))
            for domain, pot_bytes in templates.items()
            if not language.is_source
        ]
        table.add_row(
            language.tag,
            language.english_name,
            language.own_name,
            f"{language.script} {language.direction}",
            f"{language.quotes} {language.zero}",
            language.print.fonts[0],
            str(known.index(language.speakers) + 1) if language.speakers else "",
            f"{language.speakers:,}" if language.speakers else "",
            str(sum(len(state.missing) for state in states)),
            str(sum(len(state.fuzzy) for state in states)),
            language.confidence,
            language_review(project, language, templates).reviewed.review,
        )
    console = Console()
    # A pipe or a file has no width of its own, and a cut-off name is of no use there.
    Console(width=None if console.is_terminal else 150).print(table)


@main.command()
@click.option(
    "--out",
    "-o",
    type=click.Path(path_type=Path),
    default=Path("components.html"),
    show_default=True,
    help="The file to write.",
)
@project_option
def components(out: Path, project_root: Path | None) -> None:
    """Draw every piece of a page with examples, for whoever changes the templates."""
    from parentguide.build.api import BuildRequest, plan
    from parentguide.infra.atomic import write_file
    from parentguide.project.project import Project
    from parentguide.render.web.component_page import component_page

    project = Project(project_root)
    write_file(out, component_page(project.templates, plan(project, BuildRequest()).editions))
    click.echo(f"Open this: {out.resolve()}")


main.add_command(draft)
main.add_command(review)
main.add_command(school)
main.add_command(schools)
main.add_command(studio)

if __name__ == "__main__":
    main()
