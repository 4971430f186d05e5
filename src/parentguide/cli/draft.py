"""``parentguide draft``: a machine's drafts for a translator, never more than that."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from parentguide.cli.common import editable, project_option
from parentguide.errors import ProjectError
from parentguide.machine.providers import PROVIDERS
from parentguide.model.language import SOURCE_LOCALE

if TYPE_CHECKING:
    from parentguide.machine.engine import Engine, TranslationOutcome
    from parentguide.machine.providers import Provider
    from parentguide.model.language import Language
    from parentguide.project.project import Project

NAMES = tuple(provider.name for provider in PROVIDERS)
SOME_REFUSED = 1


def _list(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    """Print the engines and stop."""
    if not wanted or context.resilient_parsing:
        return
    from parentguide.project.project import Project

    tags = [tag for tag in Project().languages if tag != SOURCE_LOCALE]
    for provider in PROVIDERS:
        click.echo(f"{provider.name}: {provider.about}")
        click.echo(f"    needs: {provider.needs}")
        click.echo(f"    what leaves this machine: {provider.leaves}")
        if provider.knows_every_language:
            continue
        known = [tag for tag in tags if provider.find_code(tag)]
        click.echo(f"    knows {len(known)} of our {len(tags)} languages: {' '.join(known)}")
    context.exit()


@click.command()
@click.argument("tags", nargs=-1, required=True, metavar="TAG...")
@click.option("--provider", "name", type=click.Choice(NAMES), required=True, help="The engine.")
@click.option("--only", multiple=True, metavar="CTX", help="Only this message's context; may be repeated.")
@click.option("--back", is_flag=True, help="Put translations back into English, for review.")
@click.option("--url", default="", help="The server, for libre and apertium.")
@click.option(
    "--key-file", type=click.Path(path_type=Path), help="A file with the key, if not in the environment."
)
@click.option(
    "--rate", type=click.FloatRange(min=0.01), help="Requests a second. Default: what suits the engine."
)
@click.option(
    "--list-providers",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_list,
    help="Show each engine, what it needs, what leaves this machine, which languages it knows.",
)
@project_option
def draft(
    tags: tuple[str, ...],
    name: str,
    only: tuple[str, ...],
    back: bool,
    url: str,
    key_file: Path | None,
    rate: float | None,
    project_root: Path | None,
) -> None:
    """Let a machine draft what is not translated yet, for a translator to mend.

    Drafts are written as fuzzy: families never see one until a person has taken the mark
    off. An existing translation is never touched. Only the guide's public text is sent;
    school details, phone numbers and addresses never are. What was refused stays empty,
    and is listed. Stop it with Ctrl-C when you like: what has come is kept.
    """
    from parentguide.infra.files import read_text
    from parentguide.machine.answer_cache import AnswerCache
    from parentguide.machine.engine import Engine
    from parentguide.machine.providers import access, provider

    project = editable(project_root)
    chosen = provider(name)
    languages = [project.language(tag) for tag in tags]
    for language in languages:
        if language.is_source:
            raise ProjectError("English is what is translated", remedy="Choose another language.")
        chosen.code(language.tag)
    key = read_text(key_file).strip() if key_file else ""
    engine = Engine(chosen, access(chosen, os.environ, url, key), AnswerCache(), rate=rate or 0)
    refused = 0
    for language in languages:
        refused += _one(project, language, chosen, engine, only, back)
    if refused:
        raise SystemExit(SOME_REFUSED)


def _one(
    project: "Project",
    language: "Language",
    chosen: "Provider",
    engine: "Engine",
    only: tuple[str, ...],
    back: bool,
) -> int:
    """Draft one language, or put it back; how many were refused."""
    from parentguide.machine import jobs as work

    make_jobs = work.back_translation_jobs if back else work.draft_jobs
    jobs = make_jobs(project, language, only)
    if not jobs:
        click.echo(f"{language.english_name}: nothing is missing")
        return 0
    own, english = chosen.code(language.tag), chosen.code(SOURCE_LOCALE)
    source, target = (own, english) if back else (english, own)
    into = project.language(SOURCE_LOCALE) if back else language
    known = {} if back else work.translations(project, language)
    outcomes: list[TranslationOutcome] = []
    write = work.write_back_translations if back else work.write_drafts
    try:
        with _bar(language.english_name, len(jobs)) as step:
            for outcome in engine.drafts(jobs, into, source, target, known):
                outcomes.append(outcome)
                step()
    finally:
        # Whatever ends this, what has come is written.
        count = write(project, language, outcomes, chosen.version, date.today())
        click.echo(
            f"{language.english_name}: {count} of {len(jobs)} written" + ("" if back else " as fuzzy drafts")
        )
    for outcome in outcomes:
        if outcome.reason:
            click.echo(f"  {outcome.job.context}: refused: {outcome.reason}")
    return sum(bool(outcome.reason) for outcome in outcomes)


@contextmanager
def _bar(name: str, total: int) -> "Iterator[Callable[[], None]]":
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(name, total=total)
        yield lambda: bar.update(task, advance=1)
