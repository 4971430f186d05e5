"""Joining the stages: words and a school in, finished files out, written all at once."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from parentguide.build.incremental import MANIFEST, PreviousBuild, read_previous_build, store_digests
from parentguide.build.plan import BuildPlan, BuildRequest, Gap, plan, refusal_remedy
from parentguide.build.publish import locked, publish
from parentguide.build.run import render
from parentguide.errors import IncompleteTranslationError
from parentguide.infra.atomic import write_file, zip_bytes
from parentguide.model.output import Artifact
from parentguide.project.project import Project

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
GATEWAY = "index.html"


def manifest_bytes(artifacts: Sequence[Artifact]) -> bytes:
    """``manifest.json``: what was made, with sizes in bytes and SHA-256 digests."""
    rows = [
        {
            "guide": artifact.guide,
            "language": artifact.language,
            "direction": artifact.direction,
            "edition": artifact.format,
            "path": artifact.path,
            "status": artifact.status,
            "pages": artifact.pages,
            "bytes": len(artifact.content),
            "sha256": sha256(artifact.content).hexdigest(),
        }
        for artifact in artifacts
    ]
    return (json.dumps({"artifacts": rows}, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build came to: its plan, how many files it made and how many were right already."""

    plan: BuildPlan
    made: int
    kept: int

    @property
    def nothing_new(self) -> bool:
        return not self.made


def build_guides(
    project: Project,
    request: BuildRequest,
    out: Path,
    on_progress: Callable[[str], None] | None = None,
) -> BuildResult:
    """Make everything ``request`` asks for and put it into the folder ``out``, all at once.

    Files of an earlier build that are still right are kept; those that this one does not
    make are removed. ``on_progress`` is called with each file's path as it is finished.
    Raises :class:`IncompleteTranslationError` when nothing may be shown, and our other
    errors; ``out`` is as it was then. Safe to call from several threads at once.
    """
    return build_plan(plan(project, request), out, request.archive, on_progress)


def build_plan(
    made: BuildPlan, out: Path, archive: bool = False, on_progress: Callable[[str], None] | None = None
) -> BuildResult:
    """The same for a plan that is made already: :meth:`Plan.for_school` gives one for each school."""
    refuse_empty_plan(made)
    with locked(out):
        earlier = read_previous_build(out, GATEWAY)
        artifacts = []
        for artifact in render(made, earlier):
            artifacts.append(artifact)
            if on_progress:
                on_progress(artifact.path)
        return publish_build(made, artifacts, earlier, out, archive)


def refuse_empty_plan(made: BuildPlan) -> None:
    """Raises :class:`IncompleteTranslationError` for a plan of which nothing may be shown."""
    if not made.editions:
        raise IncompleteTranslationError(
            "nothing to build; not fit to be shown:\n" + "\n".join(f"  {gap}" for gap in made.refused),
            remedy=refusal_remedy(made.refused),
        )


def publish_build(
    made: BuildPlan, artifacts: Sequence[Artifact], earlier: PreviousBuild, out: Path, archive: bool = False
) -> BuildResult:
    """Make ``out`` hold the files of a build, in place of ``earlier``. Call it within :func:`locked`."""
    files = {artifact.path: artifact.content for artifact in artifacts}
    files[MANIFEST] = manifest_bytes(artifacts)
    zip_path = archive_path(out)
    if archive:
        whole = zip_bytes(files.items())
        if not zip_path.exists() or zip_path.read_bytes() != whole:
            write_file(zip_path, whole)
    built = BuildResult(made, sum(not a.reused for a in artifacts), sum(a.reused for a in artifacts))
    if built.made or earlier.paths != {artifact.path for artifact in artifacts}:
        publish(out, files, earlier.files)
        store_digests(out, artifacts)
    return built


def archive_path(out: Path) -> Path:
    """Where the archive of ``out`` lies: beside it."""
    whole = out.resolve()
    return whole.with_name(f"{whole.name}.zip")
