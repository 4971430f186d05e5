"""The ZIP file of a build: the pages for the website, and the sheets under names that people can read.

Every PDF that a page links to is there twice, because a ZIP file cannot name one file twice: the whole build
has 41 MB instead of 21.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from parentguide.build.plan import BuildPlan
from parentguide.build.previous import MANIFEST, archive_seal, digest_of
from parentguide.build.run import Made
from parentguide.infra.atomic import zip_bytes
from parentguide.model import markup
from parentguide.model.output import Artifact
from parentguide.model.print_names import OTHER, POSTERS, TO_PRINT, WEBSITE, SheetFile, print_paths
from parentguide.render.web.read_first import ReadFirst


def archive_bytes(made: BuildPlan, done: Made, manifest: bytes) -> bytes:
    """The ZIP file of a build's files. The same files give the same bytes."""
    files = archive_files(made, done, manifest)
    seal = archive_seal({path: digest_of(content) for path, content in files.items()})
    return zip_bytes(files.items(), comment=seal)


def archive_files(made: BuildPlan, done: Made, manifest: bytes) -> Mapping[str, bytes]:
    """The files of the ZIP file by their paths in it.

    “For your website” has all files as the output folder has them, so that links between them work. Without
    pages, “Other files” has those that are not to print. README-FIRST.html is beside the folders.
    """
    read_first = next((maker for maker in made.for_all if isinstance(maker, ReadFirst)), None)
    folder = WEBSITE if read_first else OTHER
    printed = _printed(made, done.artifacts)
    files = {
        f"{folder}/{file.path}": file.content
        for file in done.artifacts
        if file.path != ReadFirst.file_name and (read_first or file.path not in printed)
    }
    files[f"{folder}/{MANIFEST}"] = manifest
    files |= {printed[file.path]: file.content for file in done.artifacts if file.path in printed}
    if read_first:
        made_files = frozenset(
            (file.guide, file.language, file.format) for file in done.artifacts if file.guide
        )
        site = replace(made.site, made=made_files, left_out=tuple(done.left_out))
        files[ReadFirst.file_name] = read_first.for_archive(site, printed)
    return files


def _printed(made: BuildPlan, artifacts: Sequence[Artifact]) -> dict[str, str]:
    """The path in the ZIP file of each PDF, by its path in the output folder."""
    editions = {(edition.guide.slug, edition.language.tag): edition for edition in made.editions}
    sheets = []
    posters = {}
    for file in artifacts:
        if file.path in POSTERS:
            posters[file.path] = f"{TO_PRINT}/{POSTERS[file.path]}"
        elif file.path.endswith(".pdf"):
            edition = editions[file.guide, file.language]
            name, title = edition.language.english_name, markup.plain(edition.english.title)
            sheets.append(SheetFile(file.path, file.format, name, file.language, file.guide, title))
    return print_paths(sheets) | posters
