"""Random histories of two guides and two people: no approval of other words, and no request is lost.

The expected state comes from a log of what people did and saw, which knows nothing of ledgers. One case is
one history of up to sixteen acts on two copies of a project. A failure prints the seed of its history.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import pytest

from parentguide.errors import ProjectError
from parentguide.model.language import Language, PrintStyle
from parentguide.model.shown_words import code_of
from parentguide.review.approvals import (
    answer_requests,
    refusal_reasons,
    request_text,
    sign_messages,
    withdrawal,
)
from parentguide.review.judgement import NO_RULES
from parentguide.review.ledger import Kind, Record, ledger_bytes, read_ledger
from parentguide.review.sheet_import import SheetJudge
from parentguide.review.sheet_reader import Answer
from parentguide.review.shown import seen, shown_digests
from parentguide.review.sign_off import LedgerEntry, Reviewer, with_entries
from parentguide.review.status import LanguageReview, MessageReview, domain_review
from parentguide.translation.po import Message
from tests.profile import cases

POLISH = Language("pl", "Polish", "polski", "ltr", "Latn", PrintStyle(()))
GUIDES = ("cse", "online")
CONTEXTS = ("title", "lead")
ENGLISH = ("Call us.", "Call the school.", "Talk to us.")
POLISH_WORDS = ("Zadzwoń.", "Zadzwoń do szkoły.", "Porozmawiaj z nami.")
PEOPLE = (Reviewer("teacher", date(2026, 11, 1)), Reviewer("parent", date(2026, 11, 2), Kind.TESTED, "Zoë"))
HISTORIES = 20_000
AT_A_TIME = 500


@dataclass
class Event:
    """What one person did: ``kind`` is approve, request, answer or withdraw; ``targets`` are events' ids."""

    id: str
    kind: str
    place: tuple[str, str]
    words: tuple[str, str] = ("", "")
    targets: tuple[str, ...] = ()
    base: str = ""


@dataclass
class Copy:
    """One person's copy of the project. ``printed`` are sheets: their codes' digests and what they show."""

    english: dict[tuple[str, str], str]
    catalog: dict[tuple[str, str], Message]
    ledgers: dict[str, bytes]
    events: dict[str, Event] = field(default_factory=dict)
    printed: list[tuple[frozenset[str], dict[tuple[str, str], tuple[str, str]]]] = field(default_factory=list)

    def records(self, guide: str) -> tuple[Record, ...]:
        from pathlib import Path

        return read_ledger(self.ledgers[guide], "pl", Path("ledger"))

    def review(self) -> LanguageReview:
        messages: list[MessageReview] = []
        for guide in GUIDES:
            messages += domain_review(
                POLISH,
                guide,
                {c: Message(c, self.english[guide, c]) for c in CONTEXTS},
                {c: self.catalog[guide, c] for c in CONTEXTS if (guide, c) in self.catalog},
                self.records(guide),
            )
        return LanguageReview(POLISH, tuple(messages))

    def message(self, place: tuple[str, str]) -> MessageReview:
        return next(m for m in self.review().messages if (m.domain, m.context) == place)

    def write(self, entries: Iterable[LedgerEntry]) -> list[tuple[Record, LedgerEntry]]:
        """As ``write_entries`` does; the records as they were written."""
        written = []
        for entry in entries:
            before = self.records(entry.domain)
            after = with_entries(before, [entry])
            self.ledgers[entry.domain] = ledger_bytes(after, CONTEXTS)
            written.append((after[-1], entry))
            if entry.text is not None:
                place = entry.domain, entry.record.context
                self.catalog[place] = Message(place[1], self.english[place], entry.text)
        return written


def new_copy() -> Copy:
    places = [(guide, context) for guide in GUIDES for context in CONTEXTS]
    return Copy(
        dict.fromkeys(places, ENGLISH[0]),
        {place: Message(place[1], ENGLISH[0], POLISH_WORDS[0]) for place in places},
        {guide: ledger_bytes((), CONTEXTS) for guide in GUIDES},
    )


class History:
    """Acts on two copies, chosen at random; the methods that begin with ``do_`` are the acts."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - a history, not a secret
        self.copies = [new_copy(), new_copy()]
        self.past: list[dict[tuple[str, str], str]] = []

    def run(self) -> None:
        acts = sorted(name for name in dir(self) if name.startswith("do_"))
        for _ in range(self.random.randint(3, 16)):
            copy = self.random.choice(self.copies)
            place = self.random.choice(list(copy.english))
            getattr(self, self.random.choice(acts))(copy, place, self.random.choice(PEOPLE))
            for each in self.copies:
                check(each)

    def do_edit_english(self, copy: Copy, place: tuple[str, str], who: Reviewer) -> None:
        self.past.append(dict(copy.english))
        copy.english[place] = self.random.choice(ENGLISH)

    def do_restore_english(self, copy: Copy, place: tuple[str, str], who: Reviewer) -> None:
        if self.past:
            copy.english = dict(self.random.choice(self.past))

    def do_edit_translation(self, copy: Copy, place: tuple[str, str], who: Reviewer) -> None:
        """With an editor, which knows of no ledger."""
        copy.catalog[place] = Message(place[1], copy.english[place], self.random.choice((*POLISH_WORDS, "")))

    def do_update(self, copy: Copy, place: tuple[str, str], who: Reviewer) -> None:
        """As ``po.merge``: the catalog gets the present English, and the translation is fuzzy."""
        for at, message in copy.catalog.items():
            if message.english != copy.english[at]:
                copy.catalog[at] = Message(at[1], copy.english[at], message.text, fuzzy=True)

    def do_take_the_fuzzy_mark_off(self, copy: Copy, place: tuple[str, str], who: Reviewer) -> None:
        message = copy.catalog[place]
        copy.catalog[place] = Message(place[1], message.english, message.text)

    def do_print_a_sheet(self, copy: Copy, place: tuple[str, str], who: Reviewer) -> None:
        messages = [m for m in copy.review().messages if m.domain == place[0]]
        showed = {(m.domain, m.context): (m.english, m.translation) for m in messages}
        copy.printed.append((shown_digests(messages), showed))

    def do_sign_by_sheet(self, copy: Copy, place: tuple[str, str], who: Reviewer) -> None:
        if not copy.printed:
            return
        digests, showed = self.random.choice(copy.printed)
        assert code_of(digests) == code_of(sorted(digests))
        found = seen(copy.review(), digests)
        try:
            entries = sign_messages(POLISH, found.messages, who, NO_RULES)
        except ProjectError:
            return
        for record, entry in copy.write(entries):
            at = entry.domain, record.context
            assert showed[at] == (copy.english[at], copy.catalog[at].text)
            copy.events[record.id] = Event(record.id, "approve", at, showed[at])

    def do_answer_on_a_page(self, copy: Copy, place: tuple[str, str], who: Reviewer) -> None:
        """Somebody opens a message, perhaps another person changes it, and then they press a button."""
        message = copy.message(place)
        showed = (message.english, message.translation)
        if self.random.random() < 0.2:
            self.do_edit_translation(copy, place, who)
        verdict = self.random.choice(("right", "right", "change", "unsure"))
        better = self.random.choice(POLISH_WORDS) if verdict == "change" else ""
        answer = Answer(
            row=0,
            domain=place[0],
            context=place[1],
            words=message.words,
            english=showed[0],
            translation=showed[1],
            verdict=verdict,
            better=better if self.random.random() < 0.5 else "",
            comment="",
            requests=tuple(r.id for r in message.open_requests) if self.random.random() < 0.8 else (),
        )
        now = copy.message(place)
        (judged,) = SheetJudge(POLISH, who).judge(LanguageReview(POLISH, (now,)), [answer])
        for record, _ in copy.write([judged.entry] if judged.entry else []):
            self.log_answer(copy, place, showed, answer, record)

    def log_answer(
        self, copy: Copy, place: tuple[str, str], showed: tuple[str, str], answer: Answer, record: Record
    ) -> None:
        if record.signs:
            approved = (showed[0], answer.better or showed[1])
            assert (record.english, record.translation) == approved
            targets = answer.requests
            copy.events[record.id] = Event(record.id, "approve", place, approved, targets)
            assert copy.message(place).state >= record.state, "the approval that was just made does not count"
        elif record.requests:
            copy.events[record.id] = Event(record.id, "request", place, showed)
            assert copy.message(place).state == "draft"

    def do_answer_requests(self, copy: Copy, place: tuple[str, str], who: Reviewer) -> None:
        message = copy.message(place)
        if message.open_requests:
            (written,) = copy.write(answer_requests(POLISH, [message], who, "It is right as it is."))
            targets = tuple(request.id for request in message.open_requests)
            copy.events[written[0].id] = Event(written[0].id, "answer", place, targets=targets)

    def do_withdraw(self, copy: Copy, place: tuple[str, str], who: Reviewer) -> None:
        acts = copy.message(place).acts.in_force
        if acts:
            act = self.random.choice(acts)
            ((record, _),) = copy.write([withdrawal(copy.message(place), [act], "pl", who)])
            copy.events[record.id] = Event(record.id, "withdraw", place, targets=(act.id,))

    def do_keep_approvals(self, copy: Copy, place: tuple[str, str], who: Reviewer) -> None:
        from parentguide.review import approvals

        message = copy.message(place)
        if message.open_requests or copy.catalog[place].english != message.english:
            return
        for old in approvals._sign_offs_to_keep(message):
            if not refusal_reasons(POLISH, message, message.translation, NO_RULES, accept_fuzzy=True):
                record = approvals._carried(old, message, POLISH, who)
                ((made, _),) = copy.write([LedgerEntry(place[0], record, message.translation)])
                words = (message.english, message.translation)
                copy.events[made.id] = Event(made.id, "keep", place, words, base=old.id)

    def do_merge(self, copy: Copy, place: tuple[str, str], who: Reviewer) -> None:
        """Git merges the ledgers line by line; of guides and catalogs one side is taken."""
        ours, theirs = self.copies if copy is self.copies[0] else reversed(self.copies)
        for guide in GUIDES:
            ours.ledgers[guide] = ledger_bytes([*ours.records(guide), *theirs.records(guide)], CONTEXTS)
        ours.events |= theirs.events
        if self.random.random() < 0.5:
            ours.english, ours.catalog = dict(theirs.english), dict(theirs.catalog)


def check(copy: Copy) -> None:
    """Compare each message with the log of what people did."""
    withdrawn = withdrawn_ids(copy.events)
    done = [event for event in copy.events.values() if event.id not in withdrawn]
    answered = {target for event in done if event.kind != "withdraw" for target in event.targets}
    for message in copy.review().messages:
        place, words = (message.domain, message.context), (message.english, message.translation)
        asked = {e.id for e in done if e.kind == "request" and e.place == place and e.id not in answered}
        assert {request.id for request in message.open_requests} == asked, "a request is lost, or returned"
        assert all(request_text(request) for request in message.open_requests)
        if message.state > "draft":
            assert not asked
            assert any(
                approves(e, copy.events, withdrawn) for e in done if (e.place, e.words) == (place, words)
            )


def approves(event: Event, events: dict[str, Event], withdrawn: set[str]) -> bool:
    """Whether somebody approved exactly the event's words and nobody took that back."""
    while event.kind == "keep":
        if event.id in withdrawn:
            return False
        event = events[event.base]
    return event.kind == "approve" and event.id not in withdrawn


def withdrawn_ids(events: dict[str, Event]) -> set[str]:
    """The ids of the events that are taken back, found by repeating until nothing changes."""
    withdrawals = [event for event in events.values() if event.kind == "withdraw"]
    withdrawn: set[str] = set()
    for _ in range(len(withdrawals) + 1):
        withdrawn = {target for one in withdrawals if one.id not in withdrawn for target in one.targets}
    return withdrawn


@pytest.mark.parametrize("block", range(HISTORIES // AT_A_TIME))
def test_no_history_gives_other_words_an_approval_or_loses_a_request(
    block: int, request: pytest.FixtureRequest
) -> None:
    base = int(request.config.option.hypothesis_seed)
    for number in range(cases(AT_A_TIME)):
        seed = base + block * AT_A_TIME + number
        try:
            History(seed).run()
        except Exception as error:
            raise AssertionError(f"the history with the seed {seed} fails") from error
