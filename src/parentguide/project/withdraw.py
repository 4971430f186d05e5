"""Take a sentence of a guide down at once, in every language, and put it back."""

from datetime import date

from parentguide.errors import ProjectError
from parentguide.infra.atomic import write_file
from parentguide.project.guide_choice import known_guide
from parentguide.project.project import Project
from parentguide.project.recorded import recorded
from parentguide.project.withdrawn_file import Withdrawn, withdrawn_text


def withdraw_block(project: Project, slug: str, context: str, reason: str, today: date) -> tuple[str, ...]:
    """Write that the sentence ``context`` may not be shown any more: its present English, and the earlier
    English texts that some language still shows. Returns those texts.

    Raises :class:`ProjectError` for a sentence that does not exist, the title, or one that is
    withdrawn already.
    """
    texts = _texts(project, slug, context)
    before = project.withdrawn(slug)
    known = {(entry.context, entry.english) for entry in before}
    new = [text for text in texts if (context, text) not in known]
    if not new:
        raise ProjectError(f"“{context}” is withdrawn already", remedy="Nothing has to be done.")
    entries = [*before, *(Withdrawn(context, text, today, reason) for text in new)]
    with recorded(project.root, f"Take down “{context}” of “{slug}”", [project.withdrawn_path(slug)]):
        write_file(project.withdrawn_path(slug), withdrawn_text(entries).encode("utf-8"))
    return tuple(new)


def restore_block(project: Project, slug: str, context: str) -> tuple[str, ...]:
    """Let the sentence ``context`` be shown again; returns its English texts.

    Raises :class:`ProjectError` for one that is not withdrawn.
    """
    before = project.withdrawn(slug)
    gone = tuple(entry.english for entry in before if entry.context == context)
    if not gone:
        raise ProjectError(
            f"“{context}” is not withdrawn", path=project.withdrawn_path(slug), remedy="Check the name."
        )
    kept = [entry for entry in before if entry.context != context]
    with recorded(project.root, f"Show “{context}” of “{slug}” again", [project.withdrawn_path(slug)]):
        write_file(project.withdrawn_path(slug), withdrawn_text(kept).encode("utf-8"))
    return gone


def _texts(project: Project, slug: str, context: str) -> list[str]:
    """The present English of a sentence, and the earlier ones that catalogs have a translation of."""
    messages = project.source_messages(known_guide(project, slug))
    if context not in messages:
        raise ProjectError(
            f"the guide has no sentence “{context}”",
            path=project.guide_source(slug).path,
            remedy="Give the name after # in guide.md, such as “lead”.",
        )
    if context == next(iter(messages)):
        raise ProjectError("a guide needs its title", remedy="Change the title in guide.md instead.")
    texts = [messages[context].english]
    for language in project.languages.values():
        if not language.is_source:
            entry = project.catalog(language, slug).get(context)
            texts += [entry.english, entry.previous] if entry else []
    return list(dict.fromkeys(text for text in texts if text))
