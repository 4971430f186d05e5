"""Profiles of languages from triples of letters."""

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from parentguide.checks.translation.trigrams import likeness, may_reach, own_likeness, profile, triples_of

TEXT = "Porozmawiaj z nami o tym, co cię martwi."
MODEL = profile("pl", "Latn", [triples_of(TEXT), triples_of("Zadzwoń do szkoły.")])


def test_triples_are_counted_without_placeholders_case_and_bold() -> None:
    assert triples_of("**Abc** {nspcc}  abc") == {"abc": 2, "bc ": 1, "c a": 1, " ab": 1}
    assert not triples_of("ab")


def test_a_language_is_likelier_for_its_own_words() -> None:
    own, other = triples_of("z nami o tym"), triples_of("hwn yw eich")
    assert likeness(own, MODEL) > likeness(other, MODEL)
    assert likeness(other, MODEL) == MODEL.unseen * sum(other.values())


def test_the_texts_own_triples_are_taken_out_of_its_language() -> None:
    triples = triples_of(TEXT)
    count = sum(triples.values())
    rest = profile("pl", "Latn", [triples_of("Zadzwoń do szkoły.")])
    assert math.isclose(own_likeness(triples, count, MODEL), likeness(triples, rest))


def test_a_language_without_texts_has_a_profile() -> None:
    empty = profile("cy", "Latn", [])
    assert (empty.total, empty.heaviest) == (0, empty.unseen)


@settings(deadline=None)
@given(st.text())
def test_the_upper_bound_never_excludes_a_reachable_likeness(more: str) -> None:
    triples = triples_of(TEXT + more)
    assert may_reach(triples, sum(triples.values()), MODEL, likeness(triples, MODEL) - 1e-9)


def test_the_upper_bound_excludes_what_is_out_of_reach() -> None:
    triples = triples_of("hwn yw eich")
    assert not may_reach(triples, sum(triples.values()), MODEL, -1.0)
