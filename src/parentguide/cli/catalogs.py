"""``parentguide extract``, ``update`` and ``new-language``: the files that translators work with."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from parentguide.cli.common import editable, project_option
from parentguide.cli.terminal import confirm, echo, next_step

if TYPE_CHECKING:
    from parentguide.model.language import Language
    from parentguide.project.project import Project


@click.command()
@project_option
def extract(project_root: Path | None) -> None:
    """Write the templates for translators: locales/GUIDE.pot and locales/interface.pot."""
    from parentguide.project.pot import domains, pot_bytes
    from parentguide.project.recorded import write_recorded

    project = editable(project_root)
    pots = {domain: pot_bytes(project, domain) for domain in domains(project)}
    changed = {
        project.pot_path(domain): data
        for domain, data in pots.items()
        if data != _bytes(project.pot_path(domain))
    }
    write_recorded(project.root, "Write the templates for translators", changed)
    for domain in pots:
        path, count = project.pot_path(domain), len(project.source_messages(domain))
        echo(f"{path}: {count} messages, {'written' if path in changed else 'unchanged'}")
    _name_unreadable(project, pots)
    next_step("“parentguide update” brings the PO files up to date.")


@click.command()
@click.argument("tags", nargs=-1, metavar="[LANGUAGE]...")
@click.option("--yes", is_flag=True, help="Do not ask before translations are marked fuzzy.")
@project_option
def update(tags: tuple[str, ...], yes: bool, project_root: Path | None) -> None:
    """Update the PO files from the guides. LANGUAGE is a language code, e.g. pl; none means all.

    Also writes the templates for translators (“parentguide extract”) where they are old.

    A translation stays with its msgctxt. Where the English changed, the translation is marked
    fuzzy, and families see the earlier English and its translation until somebody has translated the
    new one. First lists these messages and asks. If the English changes back, the translation and its
    approvals return. No translation is deleted. If a file
    cannot be read or written, none is changed.
    """
    from parentguide.project.pot import domains, pot_bytes
    from parentguide.project.recorded import write_recorded
    from parentguide.translation import po

    project = editable(project_root)
    chosen = [project.language(tag) for tag in tags] or list(project.languages.values())
    if not _confirmed(project, [one for one in chosen if not one.is_source], yes=yes):
        echo("Nothing was written.")
        return
    pots = {domain: pot_bytes(project, domain) for domain in domains(project)}
    files = {project.pot_path(domain): data for domain, data in pots.items()}
    places = [(language, domain) for language in chosen if not language.is_source for domain in pots]
    for language, domain in places:
        path = project.catalog_path(language, domain)
        if notice := project.catalog_notice(language, domain):
            echo(f"{path}: {notice}. Look at its letters.", err=True)
        files[path] = po.merge(pots[domain], _bytes(path), language.locale, path)
    changed = {path: data for path, data in files.items() if data != _bytes(path)}
    write_recorded(project.root, "Update the catalogs from the guides", changed)
    for domain in pots:
        if project.pot_path(domain) in changed:
            echo(f"{project.pot_path(domain)}: written")
    for language, domain in places:
        _show_state(project, language, domain)
    _name_unreadable(project, pots)
    next_step("translate what is missing, then run “parentguide check”.")


def _name_unreadable(project: "Project", found: "Iterable[str]") -> None:
    """Say which guides were left out: they are being written, and cannot be read yet."""
    for slug in project.slugs:
        if slug not in found:
            echo(
                f"{slug}: left out, because it is being written and cannot be read yet"
                f" (“parentguide check --guide {slug}” says why)",
                err=True,
            )


def _confirmed(project: "Project", languages: "Sequence[Language]", *, yes: bool) -> bool:
    """List the translations whose English has changed since they were made, and ask whether to go on.

    Without a terminal nobody can be asked: then the list is enough.
    """
    from parentguide.review.changed_english import changed_english

    changes = changed_english(project, languages)
    for change in changes:
        signed = f"; approved in {', '.join(change.signed)}" if change.signed else ""
        count = len(change.languages)
        echo(
            f"{change.domain} “{change.context}”: the English changed;"
            f" {'1 translation is' if count == 1 else f'{count} translations are'} of the earlier"
            f" words{signed}"
        )
    if not changes or yes or not sys.stdin.isatty():
        return True
    return confirm("Mark these translations fuzzy?", default=True)


def _bytes(path: Path) -> bytes | None:
    from parentguide.infra.files import read_bytes

    return read_bytes(path) if path.exists() else None


def _show_state(project: "Project", language: "Language", domain: str) -> None:
    from parentguide.translation import po

    path = project.catalog_path(language, domain)
    state = po.catalog_status(project.source_messages(domain), project.catalog(language, domain))
    echo(f"{path}: {len(state.missing)} missing, {len(state.fuzzy)} fuzzy")


@click.command("new-language")
@click.argument("tag", metavar="LANGUAGE")
@click.option("--english-name", default="", help="What the school office calls it. Default: from CLDR.")
@click.option("--own-name", default="", help="What its readers call it. Default: from CLDR.")
@click.option("--script", default="", help="ISO 15924 code, such as Latn or Arab. Default: from CLDR.")
@project_option
def new_language(tag: str, english_name: str, own_name: str, script: str, project_root: Path | None) -> None:
    """Set up one more language: its table in languages.toml, and PO files to translate.

    LANGUAGE is a BCP 47 tag, such as ro, pt-PT or pa-Arab. Nothing is built in the language
    until its translation is complete.
    """
    from datetime import date

    from parentguide.project.new_language import LanguageNames, add_language

    given = LanguageNames(english_name, own_name, script)
    for path in add_language(editable(project_root), tag, given, date.today()):
        echo(f"{path}: written")
    echo("Check the names in languages.toml.")
    next_step(f"translate the PO files, then run “parentguide check --language {tag}”.")
