"""The build in one call: make the guides that a request asks for, and publish them in a folder."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from parentguide.build.archive import archive_bytes
from parentguide.build.parts import BuildJob
from parentguide.build.plan import BuildPlan, BuildRequest, Gap, plan, refusal_remedy
from parentguide.build.previous import (
    ARCHIVE,
    MANIFEST,
    NOTE,
    NOTE_BYTES,
    PreviousBuild,
    digest_of,
    read_previous_build,
    store_digests,
)
from parentguide.build.publish import locked, publish
from parentguide.build.run import Made, layout_error, make_files, render
from parentguide.build.target import refuse_to_rename, target_folder
from parentguide.errors import IncompleteTranslationError, ProjectError
from parentguide.infra.atomic import write_file
from parentguide.infra.permissions import make_readable
from parentguide.model.output import Artifact, Edition, LeftOut
from parentguide.project.project import Project
from parentguide.render import FOR_CHECKERS
from parentguide.review.shown import keep_code

__all__ = [
    "BuildPlan",
    "BuildRequest",
    "BuildResult",
    "Gap",
    "archive_path",
    "build_guides",
    "build_plan",
    "manifest_bytes",
    "plan",
    "publish_build",
    "refusal_remedy",
    "refuse_empty_plan",
    "render",
]
# The page with the choice of languages, in the output folder itself.
GATEWAY = "index.html"


def manifest_bytes(
    artifacts: Sequence[Artifact],
    digests: Mapping[str, str],
    left_out: Sequence[LeftOut] = (),
    editions: Sequence[Edition] = (),
) -> bytes:
    """The content of ``manifest.json``: the files made, with sizes in bytes and SHA-256 digests; the files
    that could not be made, and the fonts that were made for ``editions``, if there are any.

    ``digests`` are those of the files' bytes, by path (:func:`digest_of`).
    """
    rows = [
        {
            "guide": artifact.guide,
            "language": artifact.language,
            "direction": artifact.direction,
            "edition": artifact.format,
            "path": artifact.path,
            "status": artifact.status,
            "states": {part: str(state) for part, state in artifact.states.items()},
            **({"earlier": list(artifact.earlier)} if artifact.earlier else {}),
            "pages": artifact.pages,
            "bytes": len(artifact.content),
            "sha256": digests[artifact.path],
        }
        for artifact in artifacts
    ]
    content: dict[str, object] = {"artifacts": rows}
    if left_out:
        content["left_out"] = [
            {
                "guide": file.guide,
                "language": file.language,
                "edition": file.format,
                "path": file.path,
                "reason": file.reason,
                "remedy": file.remedy,
            }
            for file in left_out
        ]
    made = [row for edition in editions for row in _font_rows(edition)]
    if made:
        content["fonts"] = made
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _font_rows(edition: Edition) -> Iterator[dict[str, object]]:
    """The font that was made for an edition's sheets: equal digests mean that it has the same bytes."""
    if edition.typeface:
        yield {
            "guide": edition.guide.slug,
            "language": edition.language.tag,
            "typeface": edition.typeface.face,
            "sha256": list(edition.typeface.face_digests),
            "made": edition.typeface.digest,
        }


@dataclass(frozen=True, slots=True)
class BuildResult:
    """The result of a build: its plan, and how many files it made and how many it kept unchanged.

    ``left_out`` are the files that could not be made, ``without_files`` the English names of the languages
    that have no file at all for that reason.
    ``moved`` are files that a person had changed or made, at the places where they are now.
    """

    plan: BuildPlan
    made: int
    kept: int
    left_out: tuple[LeftOut, ...] = ()
    without_files: tuple[str, ...] = ()
    moved: tuple[Path, ...] = ()

    @property
    def nothing_new(self) -> bool:
        return not self.made


def build_guides(
    project: Project,
    request: BuildRequest,
    out: Path,
    on_progress: Callable[[str], None] | None = None,
) -> BuildResult:
    """Make all files that ``request`` asks for, and publish them in the folder ``out`` in one step.

    Files of an earlier build are kept if their inputs have not changed, and removed if this build
    does not make them. A sheet that cannot be set is left out (:attr:`BuildResult.left_out`), and all
    else is made. ``on_progress`` is called with the path of each finished file. Raises
    :class:`IncompleteTranslationError` if no guide may be shown, :class:`LayoutError` if no file of any
    language could be made, and other :class:`~parentguide.errors.ParentguideError`; ``out`` is then
    unchanged. Several threads may call this at the same time.
    """
    return build_plan(plan(project, request), out, request.archive, on_progress, force=request.force)


def build_plan(
    made: BuildPlan,
    out: Path,
    archive: bool = False,
    on_progress: Callable[[str], None] | None = None,
    *,
    force: bool = False,
) -> BuildResult:
    """Make and publish the files of a plan; see :func:`build_guides`.

    :meth:`BuildPlan.for_school` gives the plan for another school. Only a folder that is new, empty or
    a build's is changed; ``force`` renames another one, and another ZIP file beside it.
    """
    refuse_empty_plan(made)
    out = target_folder(out)
    keep_codes(made)
    with locked(out) as recovered:
        earlier = previous_build(made, out, archive, force)
        done = make_files(BuildJob(made, earlier), on_progress)
        if done.left_out and not done.artifacts:
            raise layout_error(done.left_out)
        built = publish_build(made, done, earlier, out, archive)
        return replace(built, moved=(*recovered, *built.moved))


def previous_build(made: BuildPlan, out: Path, archive: bool, force: bool) -> PreviousBuild:
    """The build in ``out``. Raises :class:`ProjectError` if the folder or its ZIP file is not a build's.

    With ``force``, only if the folder cannot be renamed.
    """
    earlier = read_previous_build(out, archive)
    if earlier.foreign and not force:
        raise ProjectError(
            f"parentguide did not make what is in this folder, such as “{earlier.foreign}”",
            path=out,
            remedy="Choose a new or empty folder with --out. Or add --force: the folder gets another name"
            " with today's date, and the guides a new folder.",
        )
    if earlier.foreign:
        refuse_to_rename(out, made.locales)
    if earlier.foreign_archive and not force:
        raise ProjectError(
            "parentguide did not make this file, or somebody has changed it",
            path=archive_path(out),
            remedy="Rename it, or choose another folder with --out. Or add --force: the file gets another"
            " name with today's date.",
        )
    return earlier


def refuse_empty_plan(made: BuildPlan) -> None:
    """Raise :class:`IncompleteTranslationError` for a plan without a guide that may be shown."""
    if not made.editions:
        raise IncompleteTranslationError(
            "No guide can be published yet:\n" + "\n".join(f"  {gap}" for gap in made.refused),
            remedy=refusal_remedy(made.refused),
        )


def keep_codes(made: BuildPlan) -> None:
    """Remember what the sheets for checkers show, so that an old sheet's code says which words it had."""
    if FOR_CHECKERS.intersection(made.formats):
        for edition in made.editions:
            if edition.code:
                keep_code(made.locales, edition.language, edition.shown)


def publish_build(
    made: BuildPlan,
    done: Made,
    earlier: PreviousBuild,
    out: Path,
    archive: bool = False,
    aside: Path | None = None,
) -> BuildResult:
    """Replace the build ``earlier`` in ``out`` by the files of a new one. Call it within :func:`locked`.

    ``aside``: the folder for files that a person changed; without it, one beside ``out``.
    """
    artifacts = done.artifacts
    files = {artifact.path: artifact.content for artifact in artifacts}
    # Computed once for the manifest, the exchange and the next build.
    digests = {path: digest_of(data) for path, data in files.items()}
    files[MANIFEST] = manifest_bytes(artifacts, digests, done.left_out, made.editions)
    whole = archive_bytes(made, done, files[MANIFEST]) if archive else None
    kept = sum(artifact.reused for artifact in artifacts)
    left_out = tuple(done.left_out)
    built = BuildResult(made, len(artifacts) - kept, kept, left_out, _without_files(done))
    # Somebody may have edited the manifest: what it says of a file's state must be what this build says.
    folder_is_new = bool(built.made) or earlier.manifest != files[MANIFEST] or earlier.note_changed
    archive_is_new = whole is not None and earlier.archive != digest_of(whole)
    if folder_is_new or archive_is_new:
        # The note is part of the folder, not of the build: neither the manifest nor the ZIP has it.
        new_archive = whole if archive_is_new else None
        moved = publish(out, {**files, NOTE: NOTE_BYTES}, earlier, new_archive, aside, digests)
        others = {} if whole is None else {ARCHIVE: digest_of(whole)}
        store_digests(out, artifacts, digests, left_out, others)
        make_readable(out, [*files, NOTE])
        return replace(built, moved=tuple(moved))
    if earlier.note != NOTE_BYTES:
        # The files are as they were, and only the note is missing or of an earlier version.
        write_file(out / NOTE, NOTE_BYTES)
    # Files of an earlier build that an umask, or somebody, made unreadable for a web server.
    make_readable(out, [*files, NOTE])
    if archive:
        make_readable(out.parent, [archive_path(out).name])
    return built


def _without_files(done: Made) -> tuple[str, ...]:
    """The English names of the languages that have no file, because none could be made."""
    made = {(artifact.guide, artifact.language) for artifact in done.artifacts}
    names = (f.language_name for f in done.left_out if f.guide and (f.guide, f.language) not in made)
    return tuple(dict.fromkeys(names))


def archive_path(out: Path) -> Path:
    """The path of the ZIP file of ``out``, which is beside it."""
    whole = out.resolve()
    return whole.with_name(f"{whole.name}.zip")
