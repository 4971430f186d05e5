"""The checks of single translations: cases for each code, and damage done on purpose."""

import json
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parentguide.checks import run_checks
from parentguide.checks.accepted_file import parse_accepted
from parentguide.checks.catalog.runner import read_glossary
from parentguide.checks.finding import Finding, Severity
from parentguide.checks.report import github_lines, json_report, text_lines
from parentguide.checks.translation import MESSAGE_CHECKS
from parentguide.checks.translation.catalog import LanguageCatalog
from parentguide.checks.translation.glyphs import check_glyphs
from parentguide.checks.translation.length import check_lengths
from parentguide.checks.translation.message import TranslatedMessage
from parentguide.checks.translation.numbers import numbers_in
from parentguide.checks.translation.sentences import check_sentences
from parentguide.checks.translation.terms import check_forbidden, check_mark, check_terms
from parentguide.checks.translation.trigrams import Profile, likeness, may_reach, profile, triples_of
from parentguide.checks.translation.wrong_language import check_wrong_language
from parentguide.checks.translation.zero_width import check_zero_width
from parentguide.errors import SourceError
from parentguide.model.markup import broken_markup
from parentguide.project.pot import domains
from parentguide.project.project import Project
from parentguide.project.quality_table import quality_table
from parentguide.translation import po
from parentguide.translation.glossary import Forbidden, Glossary, Term, parse_glossary

PROJECT = Project()


def codes(pair: TranslatedMessage) -> set[str]:
    found = {problem.code for check in MESSAGE_CHECKS for problem in check(pair)}
    return found | ({"PG511"} if broken_markup(pair.english, pair.text) else set())


def pair(tag: str, english: str, text: str) -> TranslatedMessage:
    return TranslatedMessage(PROJECT.languages[tag], "test", english, text)


@pytest.mark.parametrize(
    ("tag", "english", "text", "code"),
    [
        ("pl", "Listen", "Listen", "PG521"),
        ("pl", "Under 18.", "Poniżej 16 lat.", "PG522"),
        ("pl", "Call 999.", "Zadzwoń pod 999 lub 111.", "PG522"),
        ("ar", "Under 18.", "دون سن ٨١.", "PG522"),
        ("pl", "See www.example.org now", "Zobacz www.example.com teraz", "PG523"),
        ("pl", "Ask us.", "Zapytaj нас.", "PG531"),
        ("ar", "Ask the school.", "اسألوا school.", "PG531"),
        ("pl", "Ask us.", "Zapytаj nas.", "PG532"),  # a Cyrillic а
        ("pl", "child", "dziecka\u0328", "PG541"),
        ("ar", "child", "طفل\u200f", "PG542"),
        ("ur", "child", "بچہ\u200c", "PG542"),
        ("pl", "Ask us.", "Zapytaj  nas.", "PG543"),
        ("pl", "Ask us.", "Zapytaj nas", "PG551"),
        ("pl", "Ask us", "Zapytaj nas.", "PG551"),
        ("pl", "Who?", "Kto.", "PG551"),
        ("ur", "Ask us.", "ہم سے پوچھیں.", "PG551"),
        ("bn", "Ask us.", "আমাদের বলুন.", "PG551"),
        ("pl", "Ask us, please.", "Zapytaj nas , proszę.", "PG552"),
        ("pl", "Abuse (CSE)", "Krzywdzenie (CSE", "PG553"),
        ("pl", "Say “yes”.", "Powiedz “tak”.", "PG554"),
        ("pl", "Say “yes”.", "Powiedz „tak.", "PG554"),
        ("ur", "Under 18", "۱۸ سال سے کم", "PG555"),
        ("pl", "Ask the school.", "Zapytaj zapytaj szkołę.", "PG561"),
    ],
)
def test_what_is_wrong_is_found(tag: str, english: str, text: str, code: str) -> None:
    assert code in codes(pair(tag, english, text))


@pytest.mark.parametrize(
    ("tag", "english", "text"),
    [
        ("ar", "Under 18.", "دون سن 18."),
        ("bn", "Call the NSPCC.", "NSPCC-কে ফোন করুন।"),
        ("zh-Hans", "Call the NSPCC.", "拨打NSPCC电话。"),
        ("ur", "Say: “It is not your fault.”", "کہیں: ”تمہارا قصور نہیں۔“"),
        ("pl", "Say: “It is true.”", "Powiedz: „To prawda”."),
        ("fr", "Say: “It is true.”", "Dites\u00a0: «\u00a0C’est vrai.\u00a0»"),
        ("pl", "**Note:** ask us.", "**Uwaga:** zapytaj nas."),
        ("pl", "Exploitation (CSE)", "Wykorzystywanie (CSE)"),
        ("zh-Hans", "Show these words:", "请出示下面的话："),
    ],
)
def test_what_is_right_is_left_alone(tag: str, english: str, text: str) -> None:
    assert codes(pair(tag, english, text)) == set()


def test_numbers_are_compared_by_value_in_any_digits() -> None:
    assert numbers_in("٩٩٩ {nspcc}") == numbers_in("999")
    assert numbers_in("১৬ ও ১৭") == numbers_in("16, 17")
    assert numbers_in("111") != numbers_in("999")


def shipped() -> Iterator[TranslatedMessage]:
    yield from _shipped()


@cache
def _shipped() -> tuple[TranslatedMessage, ...]:
    return tuple(_all_shipped())


def _all_shipped() -> Iterator[TranslatedMessage]:
    for language in PROJECT.languages.values():
        if not language.is_source:
            for domain in domains(PROJECT):
                template = PROJECT.source_messages(domain)
                for context, text in po.catalog_status(
                    template, PROJECT.catalog(language, domain)
                ).ready.items():
                    yield TranslatedMessage(language, context, template[context].english, text)


def _swapped_digits(text: str) -> str:
    return "".join("8" if char == "1" else "1" if char == "8" else char for char in text)


def _without_last_mark(text: str) -> str:
    return text[:-1] if unicodedata.category(text[-1]) == "Po" else text


def _field_twice(text: str) -> str:
    start, end = text.find("{"), text.find("}")
    return text if start < 0 else f"{text} {text[start : end + 1]}"


# Damage to a text -> the codes that may find it. It counts only where it changes the text.
DAMAGE: dict[str, tuple[Callable[[TranslatedMessage], str], set[str]]] = {
    "left in English": (lambda p: p.english, {"PG521"}),
    "a field dropped": (lambda p: p.text.replace("{", "").replace("}", ""), {"PG511"}),
    "a field doubled": (lambda p: _field_twice(p.text), {"PG511"}),
    "a field misspelt": (lambda p: p.text.replace("{p", "{q"), {"PG511"}),
    "bold lost": (lambda p: p.text.replace("**", ""), {"PG511"}),
    "bold opened twice": (lambda p: p.text.replace("**", "****", 1), {"PG511"}),
    "digits swapped": (lambda p: _swapped_digits(p.text), {"PG522", "PG511"}),
    "a number added": (lambda p: f"7 {p.text}", {"PG522"}),
    "an English word inside": (lambda p: p.text.replace(" ", " children ", 1), {"PG531"}),
    "a Cyrillic look-alike": (lambda p: p.text.replace("a", "а", 1), {"PG532", "PG531", "PG511"}),
    "a Latin look-alike": (lambda p: p.text.replace("а", "a", 1), {"PG532", "PG531", "PG511"}),
    "another script's text": (lambda p: "Μιλήστε με το σχολείο " + p.text, {"PG531", "PG532"}),
    "not NFC": (lambda p: unicodedata.normalize("NFD", p.text), {"PG541"}),
    "a direction mark": (lambda p: p.text[:1] + "\u200f" + p.text[1:], {"PG542"}),
    "an override": (lambda p: "\u202e" + p.text, {"PG542"}),
    "a lost joiner": (lambda p: p.text + "\u200d", {"PG542"}),
    "a tatweel": (lambda p: p.text.replace("م", "مـ", 1), {"PG542"}),
    "a double space": (lambda p: p.text.replace(" ", "  ", 1), {"PG543"}),
    "a space at the end": (lambda p: p.text + " ", {"PG543"}),
    "a line break": (lambda p: p.text.replace(" ", "\n", 1), {"PG543"}),
    "the last mark dropped": (lambda p: _without_last_mark(p.text), {"PG551", "PG553", "PG511"}),
    "a question made of it": (lambda p: p.text + "?", {"PG551"}),
    "a Latin stop": (
        lambda p: (
            p.text[:-1] + "." if p.text.endswith(p.language.stop) and p.language.stop != "." else p.text
        ),
        {"PG551"},
    ),
    "a space before the mark": (
        lambda p: f"{p.text[:-1]} {p.text[-1]}" if p.text[-1] in ".:۔।。።" else p.text,
        {"PG552"},
    ),
    "a quotation mark lost": (
        lambda p: p.text.replace(p.language.quotes[1], "", 1),
        {"PG553", "PG554", "PG551"},
    ),
    "quotation marks of another language": (
        lambda p: p.text.replace(p.language.quotes[0], "‟"),
        {"PG554"},
    ),
    "digits of another script": (
        lambda p: p.text.translate({ord(char): 0x0966 + int(char) for char in "0123456789"}),
        {"PG555", "PG511"},
    ),
    "a bracket lost": (lambda p: p.text.replace(")", "", 1), {"PG553"}),
    "a word doubled": (lambda p: " ".join([p.text.split(" ")[0], p.text]), {"PG561", "PG511", "PG522"}),
}
# Words that are English in Latin letters are not seen in a language that writes Latin letters.
UNSEEN = {("an English word inside", "Latn")}


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_is_seen(name: str) -> None:
    """All that a program can see of 25 ways to spoil each of the translations that ship."""
    damage, may_find = DAMAGE[name]
    done, missed = 0, []
    for whole in shipped():
        spoilt = replace(whole, text=damage(whole))
        if spoilt.text == whole.text or (name, whole.language.script) in UNSEEN:
            continue
        done += 1
        if not (codes(spoilt) - codes(whole)) & may_find:
            missed.append((whole.language.tag, whole.context, spoilt.text))
    assert done > 0
    assert len(missed) <= 0.05 * done, (len(missed), done, missed[:5])


def test_what_ships_has_no_finding() -> None:
    assert [finding for finding in run_checks(PROJECT) if finding.code != "PG601"] == []


def test_an_accepted_finding_needs_a_reason_and_must_be_found(tmp_path: Path) -> None:
    import shutil

    with pytest.raises(SourceError, match="reason"):
        parse_accepted('[[accepted]]\ncode = "PG561"\ncontext = "x"\n', Path("accepted.toml"))
    root = tmp_path / "copy"
    shutil.copytree(PROJECT.locales, root / "locales")
    shutil.copytree(PROJECT.templates, root / "templates")
    path = root / "locales" / "pl" / "accepted.toml"
    path.write_text('[[accepted]]\ncode = "PG561"\ncontext = "lead"\nreason = "none"\n', "utf-8")
    found = [f for f in run_checks(Project(root)) if f.code != "PG601"]
    assert [(f.code, f.path) for f in found] == [("PG590", path)]
    path.unlink()
    theirs = root / "locales" / "bn" / "accepted.toml"
    accepted = [entry.code for entry in parse_accepted(theirs.read_text("utf-8"), theirs)]
    theirs.unlink()
    assert sorted(f.code for f in run_checks(Project(root)) if f.code != "PG601") == sorted(accepted)


@cache
def shipped_profile(tag: str) -> Profile:
    texts = [p.text for p in shipped() if p.language.tag == tag]
    return profile(tag, PROJECT.languages[tag].script, map(triples_of, texts))


def whole(tag: str, pairs: list[TranslatedMessage], read_glossary: Glossary | None = None) -> LanguageCatalog:
    """``pairs`` as all that a language has, among what the other languages have."""
    language = PROJECT.languages[tag]
    others = [shipped_profile(other) for other in PROJECT.languages if other != tag]
    triples = tuple(triples_of(pair.text) for pair in pairs)
    own = profile(tag, language.script, triples)
    return LanguageCatalog(language, tuple(pairs), triples, read_glossary or Glossary(), own, (own, *others))


@settings(deadline=None, max_examples=300)
@given(st.sampled_from([pair.text for pair in shipped()]), st.text(), st.sampled_from([*PROJECT.languages]))
def test_no_language_is_left_out_that_a_text_may_be_in(text: str, more: str, rival: str) -> None:
    triples = triples_of(text + more)
    count, model = sum(triples.values()), shipped_profile(rival)
    assert may_reach(triples, count, model, likeness(triples, model) - 1e-9)


def of(tag: str) -> list[TranslatedMessage]:
    return [p for p in shipped() if p.language.tag == tag]


def test_a_text_far_too_short_is_noticed() -> None:
    english = "If you are worried, please talk to us. You do not need proof."
    polish = PROJECT.catalog(PROJECT.languages["pl"], "cse")["school-worried"].text
    same = [pair("pl", english, polish)] * 9
    assert list(check_lengths(whole("pl", same))) == []
    spoilt = whole("pl", [*same, pair("pl", english, polish[:20])])
    assert [problem.code for _, problem in check_lengths(spoilt)] == ["PG571"]


def test_a_lost_sentence_is_noticed() -> None:
    english = "Trust your feeling. Tell the school early."
    assert [p.code for p in check_sentences(pair("pl", english, "Zaufaj sobie."))] == ["PG572"]
    assert list(check_sentences(pair("pl", english, "Zaufaj sobie. Powiedz szkole."))) == []
    assert list(check_sentences(pair("ur", english, "یقین کریں۔ اسکول کو بتائیں۔"))) == []


def test_another_languages_text_is_noticed() -> None:
    """Every long text of each language, put in place of its neighbour's, among its own."""
    missed, done = [], 0
    tags = [tag for tag, language in PROJECT.languages.items() if not language.is_source]
    for tag in tags:
        rivals = [
            t for t in tags if t != tag and PROJECT.languages[t].script == PROJECT.languages[tag].script
        ]
        mine = of(tag)
        assert list(check_wrong_language(whole(tag, mine))) == []
        for rival in rivals[:1]:
            texts = {p.context: p.text for p in of(rival)}
            for index in range(0, len(mine), 12):
                spoilt = list(mine)
                spoilt[index] = replace(mine[index], text=texts[mine[index].context])
                if len(spoilt[index].text) < 45 or {tag, rival} == {"fa", "fa-AF"}:
                    continue
                done += 1
                found = {p.context for p, _ in check_wrong_language(whole(tag, spoilt))}
                if mine[index].context not in found:
                    missed.append((tag, rival, mine[index].context))
    assert done > 20
    assert len(missed) <= 0.05 * done, missed


def test_a_missing_term_is_noticed_in_spite_of_inflection() -> None:
    read_glossary = Glossary((Term("consent", "zgoda (the noun) / zgadzać się", ("przyzwolenie",), "usual"),))
    english = "**Consent** means yes."
    for text in ("Bez zgody nie.", "Nie zgadza się."):
        assert list(check_terms(whole("pl", [pair("pl", english, text)], read_glossary))) == []
    found = list(check_terms(whole("pl", [pair("pl", english, "To znaczy tak.")], read_glossary)))
    assert [problem.code for _, problem in found] == ["PG581"]


def test_a_forbidden_word_is_known_by_its_beginning() -> None:
    read_glossary = Glossary(forbidden=(Forbidden("prostytut", "it blames a child"),))
    found = list(check_forbidden(whole("pl", [pair("pl", "x", "To prostytutka.")], read_glossary)))
    assert [problem.code for _, problem in found] == ["PG582"]
    assert list(check_forbidden(whole("pl", [pair("pl", "x", "To dziecko.")], read_glossary))) == []


@pytest.mark.parametrize(
    "tag", [tag for tag, language in PROJECT.languages.items() if not language.is_source]
)
def test_the_mark_of_the_translated_definition_is_kept(tag: str) -> None:
    language = PROJECT.languages[tag]
    own = read_glossary(PROJECT, language)
    mark = next(p for p in shipped() if p.language.tag == tag and p.context == "definition.help")
    assert list(check_mark(whole(tag, [mark], own))) == []
    # Whichever word of it is lost: one of them is the “not”.
    words = next(term.term for term in own.terms if term.english == "not the official text")
    pieces = words.split() if " " in words else list(words)
    for number in range(len(pieces)):
        lost = (" " if " " in words else "").join(pieces[:number] + pieces[number + 1 :])
        damaged = replace(mark, text=mark.text.replace(words, lost))
        assert [p.code for _, p in check_mark(whole(tag, [damaged], own))] == ["PG583"]


def test_a_character_that_no_font_draws_is_noticed() -> None:
    found = list(check_glyphs(whole("pl", [pair("pl", "x", "Zła litera \U00013000")])))
    assert [problem.code for _, problem in found] == ["PG544"]
    assert "U+13000" in found[0][1].message
    assert list(check_glyphs(whole("pl", [pair("pl", "x", "Zażółć gęślą jaźń {nspcc}")]))) == []


@pytest.mark.parametrize(
    ("tag", "text", "lacks"),
    [
        ("si", "ප්රශ්නය", True),
        ("si", "ප්\u200dරශ්නය", False),
        ("si", "කාර්යය", False),
        ("fa", "او می رود", True),
        ("fa", "او می\u200cرود", False),
        ("ur", "می رود", False),
    ],
)
def test_joiners_that_the_spelling_needs(tag: str, text: str, lacks: bool) -> None:
    assert [p.code for p in check_zero_width(pair(tag, "x", text))] == ["PG545"] * lacks


def test_a_glossary_of_another_shape_is_refused() -> None:
    path = Path("glossary.toml")
    assert parse_glossary("", path) == Glossary()
    for text, said in (
        ('[style]\nconfidence = "high"\n', "confidence"),
        ('[[term]]\nenglish = "x"\n', "term, entry 1"),
        ('[[forbidden]]\nword = "x"\n', "reason"),
        ("term = 3\n", "no list of tables"),
        ('[other]\na = "b"\n', "other"),
    ):
        with pytest.raises(SourceError, match=said):
            parse_glossary(text, path)


def test_reports_for_programs() -> None:
    finding = Finding("PG999", Severity.ERROR, Path("a:b,c.po"), 7, "50% wrong\nhere", "Mend it.")
    row = json.loads(json_report([finding]))[0]
    assert (row["code"], row["severity"], row["path"], row["line"]) == ("PG999", "error", "a:b,c.po", 7)
    assert list(github_lines([finding])) == [
        "::error file=a%3Ab%2Cc.po,line=7,title=PG999::50%25 wrong%0Ahere. Mend it."
    ]
    assert next(iter(text_lines([finding]))).startswith("a:b,c.po:7: error PG999: 50% wrong")


def test_the_quality_table_is_up_to_date() -> None:
    """“parentguide quality” writes it; it has a row a language."""
    written = (PROJECT.locales / "QUALITY.md").read_text("utf-8")
    assert written == quality_table(PROJECT)
    for language in PROJECT.languages.values():
        assert language.is_source or f"| {language.tag} |" in written
