"""Translation changes exactly the segments that extraction finds."""

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parentguide.build.api import BuildRequest, plan
from parentguide.model.facts import facts_of, guide_for
from parentguide.model.guide import (
    Block,
    BulletList,
    Callout,
    Guide,
    Heading,
    Paragraph,
    Phrase,
    Quotation,
    Segment,
)
from parentguide.model.walk import extract, translate
from parentguide.project.project import Project
from parentguide.render.l10n import format_day, format_month
from parentguide.render.web.page import Web
from tests.profile import cases

TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="*{}"), min_size=1)


def _segments() -> st.SearchStrategy[Segment]:
    return st.builds(Segment, id=st.uuids().map(str), text=TEXT)


def _blocks() -> st.SearchStrategy[Block]:
    items = st.lists(_segments(), max_size=4).map(tuple)
    leaf: st.SearchStrategy[Block] = st.one_of(
        st.builds(Heading, st.just(2), _segments()),
        st.builds(Paragraph, _segments()),
        st.builds(BulletList, items),
        st.builds(Phrase, TEXT, _segments()),
        st.builds(
            Quotation, _segments(), st.lists(TEXT, max_size=3).map(tuple), items, st.just(date(2017, 2, 1))
        ),
    )
    return st.recursive(
        leaf,
        lambda inner: st.builds(Callout, st.just("note"), st.lists(inner, max_size=4).map(tuple)),
        max_leaves=8,
    )


GUIDES = st.builds(
    lambda title, blocks: Guide("x", "en", title.text, (Heading(1, title), *blocks)),
    _segments(),
    st.lists(_blocks(), max_size=6),
)


@settings(max_examples=cases(100))
@given(GUIDES)
def test_translation_into_the_same_words_changes_nothing(guide: Guide) -> None:
    identity = {segment.id: segment.text for segment in extract(guide.blocks)}
    assert translate(guide, "en", identity) == guide


@settings(max_examples=cases(100))
@given(GUIDES)
def test_every_segment_is_translated_exactly_once(guide: Guide) -> None:
    before = extract(guide.blocks)
    after = extract(translate(guide, "xx", {s.id: f"<{s.text}>" for s in before}).blocks)
    assert [s.text for s in after] == [f"<{s.text}>" for s in before]
    assert {s.lang for s in after} <= {"xx"}


@settings(max_examples=cases(100))
@given(GUIDES)
def test_a_segment_without_translation_stays_marked_as_english(guide: Guide) -> None:
    assert all(s.lang == "en" for s in extract(translate(guide, "xx", {}).blocks))


@pytest.mark.parametrize("slug", Project().slugs)
def test_the_shipped_guides_translated_into_the_same_words_are_unchanged(project: Project, slug: str) -> None:
    guide = project.guide_source(slug).guide
    assert translate(guide, "en", {s.id: s.text for s in extract(guide.blocks)}) == guide


@pytest.mark.parametrize("slug", Project().slugs)
def test_every_visible_string_is_translatable(project: Project, slug: str) -> None:
    """With every message in brackets, the page has no letter of its own outside brackets."""
    made = plan(project, BuildRequest(languages=("pl",), formats=("web",)))
    edition = next(e for e in made.editions if e.guide.slug == slug)
    guide = project.guide_source(slug).guide
    pseudo = {s.id: _bracketed(s.text) for s in extract(guide.blocks)}
    interface = {m.context: _bracketed(m.english) for m in project.source_messages("interface").values()}
    page = Web(project.templates).render(
        replace(
            edition,
            guide=guide_for(translate(guide, "pl", pseudo), facts_of(edition.school)),
            interface=interface,
        )
    )
    text = page.decode()
    text = re.sub(r"<style>.*?</style>|<script>.*?</script>|<head>.*?<meta", "", text, flags=re.DOTALL)
    # English that is meant to stay carries lang="en".
    text = re.sub(r'<(\w+)[^>]* lang="en"[^>]*>.*?</\1>', "", text, flags=re.DOTALL)
    text = re.sub(r'<a href="(?:tel:|https?:|mailto:)[^"]*">.*?</a>', "", text, flags=re.DOTALL)
    body = text[text.index("<body") :]
    left = re.sub(r"⟦[^⟧]*⟧", "", unescape(re.sub(r"<[^>]*>", "", body))).replace("\u00a0", " ")
    own_name = edition.language.own_name
    published = project.guide_source(slug).definition
    assert published is not None
    month = format_month(published.published, edition.language.locale)
    assert edition.language.dated is not None
    day = format_day(edition.language.dated, edition.language.locale)
    left = left.replace(own_name, "").replace(month, "").replace(day, "")
    assert not re.search(r"[A-Za-z]", left), left.split()


def _bracketed(text: str) -> str:
    """``text`` in brackets run by run; fields and the marks of bold stay outside."""
    parts = re.split(r"(\*\*|\{[a-z_]+\})", text)
    return "".join(p if p == "**" or p.startswith("{") else f"⟦{p}⟧" * bool(p) for p in parts)
