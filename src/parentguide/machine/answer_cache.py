"""Answers of providers on disk, so that a second run repeats no request.

Each answer is a small file in the user's cache folder. A digest of provider, version, server,
language codes and text is its name; the key to a service is not part of it. Only accepted answers are kept.
"""

import json
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import platformdirs

from parentguide.errors import ParentguideError, ProjectError
from parentguide.infra.atomic import write_file
from parentguide.infra.files import read_text
from parentguide.infra.json_text import parse_json


class AnswerCache:
    """Answers by provider, language codes and protected text. What cannot be written is requested again."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or platformdirs.user_cache_path("parentguide", appauthor=False) / "drafts"

    def _path(self, *key: str) -> Path:
        name = sha256(json.dumps(key).encode("utf-8")).hexdigest()
        return self._folder / name[:2] / f"{name}.json"

    def get(self, provider: str, source: str, target: str, text: str) -> str | None:
        """The kept answer; None if there is none, or its file is damaged."""
        try:
            answer = parse_json(read_text(self._path(provider, source, target, text)))["answer"]
        except (ParentguideError, ValueError, KeyError, TypeError):
            return None
        return answer if isinstance(answer, str) else None

    def put(self, provider: str, source: str, target: str, text: str, answer: str) -> None:
        """Keep an answer. A folder that cannot be written is not an error."""
        data = json.dumps({"answer": answer}, ensure_ascii=False).encode("utf-8")
        with suppress(ProjectError):
            write_file(self._path(provider, source, target, text), data)
