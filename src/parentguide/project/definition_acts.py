"""Say who published the official words of a guide, and when; the words themselves stay."""

from collections.abc import Mapping
from datetime import date

import tomlkit

from parentguide.errors import SourceError
from parentguide.infra.files import read_text
from parentguide.infra.limited import limited
from parentguide.project.definition_file import parse_definition
from parentguide.project.front_matter import parse_front_matter
from parentguide.project.guide_choice import known_guide
from parentguide.project.project import Project
from parentguide.project.recorded import write_recorded
from parentguide.project.revise import guide_path


def give_source(
    project: Project,
    slug: str,
    source: str,
    published: date,
    today: date,
    more: Mapping[str, str] | None = None,
) -> None:
    """Write the source of the official words, and ``today`` as the day on which somebody compared them.

    ``more`` has the values of ``publisher``, ``address`` and ``compared_by`` that somebody gave or emptied;
    others stay.

    Comments and words stay. Raises :class:`SourceError` without a source, for a day that is to come, and for
    a guide without official words; then nothing is written.
    """
    source = " ".join(source.split())
    if not source:
        raise SourceError("it does not say who published the official words", remedy="Write who, and where.")
    if published > today:
        raise SourceError("the official words cannot be published on a day that is to come")
    guide = guide_path(project, known_guide(project, slug))
    name = parse_front_matter(read_text(guide), guide).definition
    if not name:
        raise SourceError("the guide quotes no official words", path=guide)
    path = guide.parent / name
    # tomlkit may need long for a large file, so it works in another process.
    text = limited(_with_source, read_text(path), source, published, today, dict(more or {}))
    parse_definition(text, path)
    write_recorded(project.root, f"Give the source of the official words of “{slug}”", {path: text.encode()})


def _with_source(text: str, source: str, published: date, today: date, more: dict[str, str]) -> str:
    document = tomlkit.parse(text)
    if document.get("published") != published or "edition" not in document:
        document["edition"] = f"{published:%Y-%m}"
    document["source"] = source
    document["published"] = published
    document["verified_on"] = today
    for name, value in more.items():
        if value:
            document[name] = value
        else:
            document.pop(name, None)
    return tomlkit.dumps(document)
