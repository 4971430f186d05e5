"""Answers of engines kept on disk, so that a restart asks for nothing twice.

One small file an answer, in the user's cache folder, named by a digest of engine, version,
server, language and text. The key to a service is no part of it. Only answers that passed are kept.
"""

import json
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import platformdirs

from parentguide.errors import ProjectError
from parentguide.infra.atomic import write_file


class AnswerCache:
    """Answers by engine, code and masked text; one that cannot be kept is asked for again."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or platformdirs.user_cache_path("parentguide", appauthor=False) / "drafts"

    def _path(self, *key: str) -> Path:
        name = sha256(json.dumps(key).encode("utf-8")).hexdigest()
        return self._folder / name[:2] / f"{name}.json"

    def get(self, version: str, source: str, target: str, text: str) -> str | None:
        try:
            kept = json.loads(self._path(version, source, target, text).read_text("utf-8"))["answer"]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return kept if isinstance(kept, str) else None

    def put(self, version: str, source: str, target: str, text: str, answer: str) -> None:
        with suppress(ProjectError):
            data = json.dumps({"answer": answer}, ensure_ascii=False).encode("utf-8")
            write_file(self._path(version, source, target, text), data)
