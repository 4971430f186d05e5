"""``parentguide extract``, ``update`` and ``new-language``."""

from pathlib import Path

from tests.unit.cli.run import run


def guide(small: Path) -> Path:
    return small / "locales" / "en" / "cse" / "guide.md"


def test_extract_writes_what_changed(small: Path) -> None:
    cse, interface = run("extract", "--project", small).out.splitlines()
    assert cse.endswith("messages, unchanged")
    assert interface.endswith("messages, unchanged")
    guide(small).write_text(guide(small).read_text("utf-8") + "\n{#more}\nMore words.\n", "utf-8")
    cse, interface = run("extract", "--project", small).out.splitlines()
    assert cse.endswith("messages, written")
    assert interface.endswith("messages, unchanged")
    assert 'msgctxt "more"' in (small / "locales" / "cse.pot").read_text("utf-8")


def test_update_brings_catalogs_up_to_date(small: Path) -> None:
    guide(small).write_text(guide(small).read_text("utf-8") + "\n{#more}\nMore words.\n", "utf-8")
    run("extract", "--project", small)
    lines = run("update", "pl", "--project", small).out.splitlines()
    assert [line.rpartition("/")[2] for line in lines] == [
        "cse.po: 1 missing, 0 fuzzy",
        "interface.po: 0 missing, 0 fuzzy",
    ]
    assert all("/pl/" in line for line in lines)
    catalog = small / "locales" / "pl" / "LC_MESSAGES" / "cse.po"
    before = catalog.stat().st_mtime_ns
    lines = run("update", "--project", small).out.splitlines()
    assert len(lines) == 4
    assert all("/en/" not in line for line in lines)
    assert catalog.stat().st_mtime_ns == before, "an unchanged catalog is not written"


def test_update_makes_a_missing_catalog(small: Path) -> None:
    catalog = small / "locales" / "ur" / "LC_MESSAGES" / "cse.po"
    catalog.unlink()
    ran = run("update", "ur", "--project", small)
    assert ran.code == 0
    assert catalog.exists()


def test_new_language_lists_what_it_wrote(small: Path) -> None:
    ran = run("new-language", "cy", "--own-name", "Cymraeg", "--project", small)
    assert ran.code == 0
    *written, last = ran.out.splitlines()
    assert [Path(line.removesuffix(": written")).name for line in written] == [
        "languages.toml",
        "cse.po",
        "interface.po",
    ]
    assert last.startswith("Check the names in languages.toml")
