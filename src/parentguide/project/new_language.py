"""Set up one more language: its table in ``languages.toml``, and empty catalogs.

Names and script come from CLDR (through Babel), the direction from Unicode (through fontTools), and the
print style from ``scripts.toml``. The caller gives what CLDR does not know or names differently.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from fontTools.unicodedata import script_horizontal_direction

from parentguide.errors import ProjectError
from parentguide.infra.files import encoded_as, read_bytes, read_text
from parentguide.infra.toml import toml_value
from parentguide.project.pot import domains, pot_bytes
from parentguide.project.project import Project
from parentguide.project.recorded import write_recorded
from parentguide.project.scripts_file import ScriptStyle, parse_scripts
from parentguide.translation import po

# language [- script] [- region], written as in BCP 47 (RFC 5646, 2.1).
_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")
_SCRIPT = re.compile(r"[-_]([A-Z][a-z]{3})(?![A-Za-z])")


@dataclass(frozen=True, slots=True)
class LanguageNames:
    """What the caller gives. An empty value means: take the value from CLDR."""

    english_name: str = ""
    own_name: str = ""
    script: str = ""


def add_language(project: Project, tag: str, given: LanguageNames, today: date) -> list[str]:
    """Write the table and the catalogs, and return the paths of the written files.

    The language is *in progress*: builds leave it out, and checks warn, until somebody writes
    ``status = "complete"``. Raises :class:`ProjectError` for a tag that is not BCP 47 or exists
    already, and where CLDR does not have what ``given`` leaves out.
    """
    if not _TAG.fullmatch(tag):
        raise ProjectError(
            f"“{tag}” is not a language code", remedy="Write it as in BCP 47: ro, pt-PT, pa-Arab, zh-Hant."
        )
    path = project.locales / "languages.toml"
    if tag in project.languages:
        raise ProjectError(f"the language “{tag}” exists already", path=path, remedy="Edit its table.")
    table = _table(tag, given, _scripts(project), today)
    old = read_text(path)
    text = f"{old.rstrip()}\n\n{table}"
    language = project.read_languages(text.encode())[tag]
    files = {}
    for domain in domains(project):
        catalog = project.catalog_path(language, domain)
        previous = read_bytes(catalog) if catalog.exists() else None
        files[catalog] = po.merge(pot_bytes(project, domain), previous, language.locale, catalog)
    # The table comes last: without it, the command can be given again.
    files[path] = encoded_as(text, read_bytes(path))
    write_recorded(project.root, f"Add the language “{tag}”", files)
    return [str(path), *(str(catalog) for catalog in files if catalog != path)]


def _scripts(project: Project) -> Mapping[str, ScriptStyle]:
    path = project.own_or_ours("scripts.toml")
    return parse_scripts(read_text(path), path)


def _table(tag: str, given: LanguageNames, scripts: Mapping[str, ScriptStyle], today: date) -> str:
    """The lines of ``languages.toml`` for ``tag``."""
    english_name, own_name, script = _names(tag, given)
    style = scripts.get(script)
    if style is None:
        raise ProjectError(
            f"scripts.toml has no script “{script}”",
            remedy="Add a table with fonts that have its letters, or give another --script.",
        )
    printed = {
        "fonts": list(style.fonts),
        "scale": style.scale,
        "region": style.region,
        "features": style.features,
    }
    lines = [
        f"[{tag}]",
        f"english_name = {toml_value(english_name)}",
        f"own_name = {toml_value(own_name)}",
        f"script = {toml_value(script)}",
        f'direction = "{_direction(script)}"',
        'status = "in-progress"',
        'digits = "latn"',
        'quotes = "“”"',
        *([f"stop = {toml_value(style.stop)}"] if style.stop is not None else []),
        *([] if style.word_spaces else ["word_spaces = false"]),
        f"dated = {today}",
        *(f"print.{key} = {toml_value(value)}" for key, value in printed.items() if value),
    ]
    return "\n".join(lines) + "\n"


def _names(tag: str, given: LanguageNames) -> tuple[str, str, str]:
    """English name, own name and script: those that are given, and CLDR's for the others."""
    script = given.script or _likely_script(tag)
    if given.english_name and given.own_name and script:
        return given.english_name, given.own_name, script
    try:
        locale = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = None
    english_name = given.english_name or (locale and locale.get_display_name("en_GB")) or ""
    own_name = given.own_name or (locale and locale.get_display_name(locale)) or ""
    if not (english_name and own_name and script):
        raise ProjectError(
            f"CLDR does not know enough about “{tag}”",
            remedy="Give --english-name, --own-name and --script (such as Latn or Arab).",
        )
    return english_name, own_name[:1].upper() + own_name[1:], script


def _likely_script(tag: str) -> str:
    """The script in the tag, or CLDR's likely one (UTS #35, part 1, likely subtags); "" if unknown."""
    likely = get_global("likely_subtags")
    subtags = tag.split("-")
    for candidate in (tag, likely.get("_".join(subtags)), likely.get(subtags[0])):
        script = _SCRIPT.search(str(candidate or ""))
        if script:
            return script[1]
    return ""


def _direction(script: str) -> str:
    """``ltr`` or ``rtl`` for an ISO 15924 code."""
    try:
        return str(script_horizontal_direction(script)).lower()
    except KeyError:
        # Hans and Hant are scripts of ISO 15924 and CLDR, but not of Unicode.
        return str(Locale.parse(f"und_{script}").text_direction)
