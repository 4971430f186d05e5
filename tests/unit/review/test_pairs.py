"""Random edits of English and translations: what is shown is always a pair that somebody accepted."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from parentguide.model.language import Language, PrintStyle
from parentguide.review.status import LanguageReview, domain_review
from parentguide.translation import po
from tests.profile import cases

POLISH = Language("pl", "Polish", "polski", "ltr", "Latn", PrintStyle(()))
HERE = Path("pl.po")
ENGLISH = ("Call us.", "Call the school.", "Talk to us.")
WORDS = ("Zadzwoń.", "Zadzwoń do szkoły.", "Porozmawiaj.", "")
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("english"), st.sampled_from(ENGLISH)),
        st.tuples(st.just("update"), st.just("")),
        st.tuples(st.sampled_from(["translate", "draft", "draft by hand"]), st.sampled_from(WORDS)),
        st.tuples(st.just("remove"), st.just("")),
    ),
    max_size=14,
)


def pot(english: str) -> bytes:
    messages = [po.Message("a", english)] if english else []
    return po.pot_file([*messages, po.Message("b", "Other words.")], "1", None)


@settings(max_examples=cases(4_000), deadline=None)
@given(ACTS)
def test_what_is_shown_is_a_pair_that_somebody_accepted(acts: list[tuple[str, str]]) -> None:
    english = ENGLISH[0]
    catalog = po.merge(pot(english), None, "pl", HERE)
    accepted: set[tuple[str, str]] = set()
    for act, value in acts:
        if act == "english":
            english = value
        elif act == "remove":
            english = ""
            catalog = po.merge(pot(english), catalog, "pl", HERE)
        elif act == "update":
            catalog = po.merge(pot(english), catalog, "pl", HERE)
        elif english:
            # As Studio and “review import” do: the catalog has the present English, or nothing is written.
            catalog = po.merge(pot(english), catalog, "pl", HERE)
            if act == "draft by hand":
                text = po.read_catalog(catalog, HERE)["a"].text
                catalog = catalog.replace(f'msgstr "{text}"'.encode(), f'msgstr "{value}"'.encode(), 1)
                # An editor takes the fuzzy mark off when somebody accepts the words.
                if not po.read_catalog(catalog, HERE)["a"].fuzzy:
                    accepted.add((english, value))
            else:
                catalog = po.with_translations(catalog, {"a": value}, HERE, fuzzy=act == "draft")
                accepted |= {(english, value)} if act == "translate" else set()
        template = po.read_catalog(pot(english), HERE)
        messages = domain_review(POLISH, "cse", template, po.read_catalog(catalog, HERE), ())
        for message in LanguageReview(POLISH, tuple(messages)).as_shown((), (), {}, earlier=True).messages:
            if message.shown and message.context == "a":
                assert (message.english, message.translation) in accepted


@settings(max_examples=cases(1_000), deadline=None)
@given(st.lists(st.sampled_from(ENGLISH), max_size=8))
def test_whatever_the_english_was_meanwhile_the_first_one_has_its_translation(others: list[str]) -> None:
    catalog = po.merge(pot(ENGLISH[0]), None, "pl", HERE)
    catalog = po.with_translations(catalog, {"a": WORDS[0]}, HERE)
    for number, english in enumerate([*others, ENGLISH[0]]):
        catalog = po.merge(pot(english), catalog, "pl", HERE)
        if number % 2 and english != ENGLISH[0]:
            catalog = po.with_translations(catalog, {"a": f"{WORDS[1]} {number}"}, HERE)
    found = po.read_catalog(catalog, HERE)["a"]
    assert (found.text, found.fuzzy) == (WORDS[0], False)
