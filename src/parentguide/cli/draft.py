"""``parentguide draft``: machine translation as drafts that a translator then edits."""

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from parentguide.cli.common import editable, project_option
from parentguide.cli.progress import counted_progress
from parentguide.cli.terminal import echo, next_step
from parentguide.errors import ProjectError
from parentguide.machine.providers import PROVIDERS
from parentguide.model.language import SOURCE_LOCALE

if TYPE_CHECKING:
    from parentguide.machine.engine import Engine, TranslationOutcome
    from parentguide.machine.providers import Provider
    from parentguide.model.language import Language
    from parentguide.project.project import Project

_NAMES = tuple(provider.name for provider in PROVIDERS)
_SOME_REFUSED = 1


def _list(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    """Print the engines and stop."""
    if not wanted or context.resilient_parsing:
        return
    from parentguide.project.project import Project

    tags = [tag for tag in Project().languages if tag != SOURCE_LOCALE]
    for provider in PROVIDERS:
        echo(f"{provider.name}: {provider.about}")
        echo(f"    needs: {provider.needs}")
        echo(f"    what leaves this machine: {provider.leaves}")
        if provider.knows_every_language:
            continue
        known = [tag for tag in tags if provider.find_code(tag)]
        echo(f"    knows {len(known)} of our {len(tags)} languages: {' '.join(known)}")
    context.exit()


@click.command()
@click.argument("tags", nargs=-1, required=True, metavar="LANGUAGE...")
@click.option("--provider", "name", type=click.Choice(_NAMES), required=True, help="The engine.")
@click.option(
    "--only", multiple=True, metavar="MESSAGE_ID", help="Only the message with this msgctxt; may be repeated."
)
@click.option("--back", is_flag=True, help="Back-translate into English, for review.")
@click.option("--url", default="", help="The server, for libre and apertium.")
@click.option(
    "--key-file",
    type=click.Path(path_type=Path),
    help="File with the key, if it is not in the environment.",
)
@click.option(
    "--rate",
    type=click.FloatRange(min=0.01),
    help="Requests per second. Default: what suits the engine.",
)
@click.option(
    "--list-providers",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_list,
    help="Show each engine: what it needs, what leaves this machine, which languages it knows.",
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
    """Draft the missing translations with machine translation, for a translator to edit.

    Drafts are written as fuzzy: families do not see a draft until a person has removed the
    mark. The command never changes an existing translation. It sends only the guide's public
    text, never school details, phone numbers or addresses. A message whose draft was refused
    stays empty and is listed. The command makes the PO files that it needs. You can stop it with
    Ctrl-C: finished drafts are kept.
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
        refused += _draft_language(project, language, chosen, engine, only, back)
    if back:
        next_step("compare the back-translation with the English: “parentguide build --format check”.")
    else:
        next_step("a person reads the drafts and accepts them, in Studio or in the PO files.")
    if refused:
        raise SystemExit(_SOME_REFUSED)


def _draft_language(
    project: "Project",
    language: "Language",
    chosen: "Provider",
    engine: "Engine",
    only: tuple[str, ...],
    back: bool,
) -> int:
    """Draft one language, or back-translate it; the number of messages that were refused."""
    from parentguide.machine import jobs as work

    make_jobs = work.back_translation_jobs if back else work.draft_jobs
    jobs = make_jobs(project, language, only)
    if not jobs:
        echo(f"{language.english_name}: nothing is missing")
        return 0
    own, english = chosen.code(language.tag), chosen.code(SOURCE_LOCALE)
    source, target = (own, english) if back else (english, own)
    into = project.language(SOURCE_LOCALE) if back else language
    known = {} if back else work.translations(project, language)
    outcomes: list[TranslationOutcome] = []
    write = work.write_back_translations if back else work.write_drafts
    try:
        with counted_progress(language.english_name, len(jobs)) as step:
            for outcome in engine.drafts(jobs, into, source, target, known):
                outcomes.append(outcome)
                step()
    finally:
        # However this ends, what has arrived is written.
        count = write(project, language, outcomes, chosen.version, date.today())
        echo(
            f"{language.english_name}: {count} of {len(jobs)} written" + ("" if back else " as fuzzy drafts")
        )
    for outcome in outcomes:
        if outcome.reason:
            echo(f"  {outcome.job.context}: refused: {outcome.reason}")
    return sum(bool(outcome.reason) for outcome in outcomes)
