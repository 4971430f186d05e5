"""The catalogs under other checkers: pofilter (Translate Toolkit) and i18nspector.

Both are under the GPL and run as tools. Their findings that are correct as they are have an entry
here, with the reason. A new version of a checker may report fewer of them.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from parentguide.project.pot import domains
from parentguide.project.project import Project
from tests.conftest import need

PROJECT = Project()
# Filters of pofilter that expect the marks and capitals of English in every language.
# Our own checks expect those of the language: PG551 to PG554 (marks and brackets), PG572 (sentences),
# PG561 (words twice).
OF_ENGLISH = {
    "startcaps": "scripts without capitals, and labels in lower case",
    "simplecaps": "the same",
    "endpunc": "। 。 ። end a sentence",
    "startpunc": "¿ and quotation marks begin one",
    "puncspacing": "French has spaces before marks, Chinese none after them",
    "sentencecount": "it counts full stops only",
    "doublequoting": "quotation marks are the language's",
    "brackets": "some languages have a date in brackets, as its full stop would be doubled",
    "doublewords": "accepted.toml has them with their reasons",
}
# Filter and message -> why the finding is correct as it is.
RIGHT = {
    ("acronyms", "training"): "the translations say “on this”, after the sentence about the definition",
    ("acronyms", "interpreter-say"): "LANGUAGE stands for the name of the language",
    ("unchanged", "review.date"): "“date” is French too",
}
# i18nspector: tag -> why the finding is correct as it is.
KNOWN = {
    "boilerplate-in-report-msgid-bugs-to": "plain pybabel writes the templates so; there is no address",
    "invalid-last-translator": "nobody has reviewed a draft, and no person is invented",
    "invalid-language": "it knows no language of three letters, and no script",
    "unable-to-determine-language": "the same",
    "unusual-unused-plural-forms": "Babel's rule for Amharic is older; no message has a plural",
}


@pytest.fixture(scope="module")
def catalogs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("po")
    for language in PROJECT.complete_languages.values():
        for domain in domains(PROJECT) if not language.is_source else ():
            path = PROJECT.catalog_path(language, domain)
            target = folder / language.locale / path.name
            target.parent.mkdir(exist_ok=True)
            shutil.copy(path, target)
    return folder


def test_pofilter_finds_only_known_exceptions(catalogs: Path, tmp_path: Path) -> None:
    found = _pofilter(catalogs, tmp_path / "out", [f"--excludefilter={name}" for name in OF_ENGLISH])
    assert found <= set(RIGHT)


def test_excluded_pofilter_checks_still_report(catalogs: Path, tmp_path: Path) -> None:
    found = _pofilter(catalogs, tmp_path / "out", [f"--test={name}" for name in OF_ENGLISH])
    assert {name for name, _ in found} == set(OF_ENGLISH), "an exclusion is no longer needed"


def _pofilter(folder: Path, out: Path, options: list[str]) -> set[tuple[str, str]]:
    """Each filter with a finding, and the message's context."""
    command = [need(str(Path(sys.executable).with_name("pofilter"))), "--progress=none", *options]
    done = subprocess.run([*command, str(folder), str(out)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    entries = [e for path in out.rglob("*.po") for e in path.read_text("utf-8").split("\n\n")]
    return {
        (name, context)
        for entry in entries
        for name in re.findall(r"^# \(pofilter\) (\w+)", entry, re.MULTILINE)
        for context in re.findall(r'^msgctxt "(.*)"', entry, re.MULTILINE)
    }


def test_i18nspector_finds_only_known_exceptions(catalogs: Path) -> None:
    paths = [str(path) for path in sorted(catalogs.rglob("*.po"))]
    done = subprocess.run([need("i18nspector"), *paths], capture_output=True, text=True, check=False)
    found = {line.split(": ", 2)[2].split()[0] for line in done.stdout.splitlines()}
    assert done.stderr == ""
    assert found <= set(KNOWN)
    for line in done.stdout.splitlines():
        if "invalid-language" in line:
            locale = Path(line.split(": ")[1]).parent.name
            assert "_" in locale or len(locale) > 2, line
