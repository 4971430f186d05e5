"""A build knows its own ZIP file, also where the cache does not."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from parentguide.build.api import BuildRequest, archive_path, build_guides, manifest_bytes
from parentguide.build.previous import MANIFEST, archive_is_ours, digest_of
from parentguide.infra.atomic import zip_bytes
from parentguide.model.output import Artifact
from parentguide.project.project import Project


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    out = tmp_path_factory.mktemp("archive") / "guides"
    build_guides(Project(), BuildRequest(("pl",), ("web", "message"), archive=True), out)
    return archive_path(out).read_bytes()


def changed(data: bytes, path: str, content: bytes) -> bytes:
    """The archive with another content of one file, which it may not have had, and the same comment."""
    with ZipFile(BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
        return zip_bytes((files | {path: content}).items(), comment=archive.comment)


def test_a_build_s_archive_is_known_without_the_cache(made: bytes) -> None:
    assert archive_is_ours(made, ())


@pytest.mark.parametrize(
    "path", ["README-FIRST.html", "For your website/cse/pl/message.txt", "To print/mine.pdf"]
)
def test_an_archive_that_somebody_changed_is_not_a_build_s(made: bytes, path: str) -> None:
    assert not archive_is_ours(changed(made, path, b"mine"), ())


def test_an_archive_of_an_earlier_version_is_known() -> None:
    artifact = Artifact("message", "cse/pl/message.txt", b"Hello", guide="cse", language="pl")
    manifest = manifest_bytes([artifact], {artifact.path: digest_of(artifact.content)})
    files = {artifact.path: artifact.content, MANIFEST: manifest}
    assert archive_is_ours(zip_bytes(files.items()), ())
    assert not archive_is_ours(zip_bytes((files | {"mine.txt": b""}).items()), ())
