"""The Nu HTML checker."""

import json
import re
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from zipfile import ZipFile

from tests.conftest import need
from tests.output.axe import tool

_NU = "vnu-jar/build/dist/vnu.jar"
# In the archive: the languages whose words the checker knows, a tag and a name a line.
_LANGUAGES = "nu/validator/localentities/files/language-profiles-list.txt"


def nu_findings(pages: Iterable[Path]) -> list[str]:
    """What the checker reports of ``pages``.

    It guesses the language of each page. Of pages in languages that it does not know the guess is
    always wrong, so it is switched off for them.
    """
    with ZipFile(tool(_NU)) as jar:
        lines = jar.read(_LANGUAGES).decode("utf-8").splitlines()
    known = {re.split(r"[-\t]", line, maxsplit=1)[0] for line in lines}
    guessed: list[str] = []
    others: list[str] = []
    for page in pages:
        lang = re.search(r'<html lang="([a-z]+)', page.read_text("utf-8"))
        assert lang is not None, page
        (guessed if lang[1] in known else others).append(str(page))
    return [*_run(guessed), *_run(others, "--no-langdetect")]


def _run(pages: Sequence[str], *options: str) -> list[str]:
    if not pages:
        return []
    done = subprocess.run(
        [need("java"), "-jar", str(tool(_NU)), "--format", "json", *options, *pages],
        capture_output=True,
        text=True,
        check=False,
    )
    return [f"{message['url']}: {message['message']}" for message in json.loads(done.stderr)["messages"]]
