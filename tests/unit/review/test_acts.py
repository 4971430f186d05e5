"""What the records of a message amount to."""

from dataclasses import replace
from datetime import date

import pytest

from parentguide.model.shown_words import words_digest
from parentguide.review.acts import Acts
from parentguide.review.ledger import Kind, Record
from tests.unit.review.factory import reviewed


def record(kind: Kind, minute: int, english: str = "Yes", text: str = "Tak", **more: object) -> Record:
    made = words_digest("c", "pl", english, text)
    at = f"2026-11-28T06:{minute:02}:00.000000+00:00"
    found = Record("c", date(2026, 11, 28), kind, english, text, made, "teacher", at=at)
    return replace(found, **more)  # type: ignore[arg-type]


APPROVED = record(Kind.CHECKED, 1)


def state(*records: Record, english: str = "Yes", text: str = "Tak") -> str:
    states = {str(reviewed(english, text, order).state) for order in (records, records[::-1])}
    assert len(states) == 1, "the order of a ledger's lines counts"
    return states.pop()


@pytest.mark.parametrize("kind", [Kind.CHANGE, Kind.UNSURE])
def test_a_request_ends_an_approval_of_the_same_day(kind: Kind) -> None:
    request = record(kind, 2)
    assert state(APPROVED, request) == "draft"
    assert reviewed("Yes", "Tak", (APPROVED, request)).open_requests == (request,)


def test_an_answer_closes_a_request_and_does_not_bring_the_approval_back() -> None:
    request = record(Kind.UNSURE, 2)
    answer = record(Kind.ANSWER, 3, answers=(request.id,), comment="It is right.")
    assert Acts((APPROVED, request, answer)).open_requests == ()
    assert state(APPROVED, request, answer) == "draft"
    assert state(APPROVED, request, answer, record(Kind.CHECKED, 4)) == "checked"


def test_an_approval_that_does_not_answer_a_request_leaves_it_open() -> None:
    request = record(Kind.CHANGE, 2)
    assert state(request, record(Kind.CHECKED, 3)) == "draft"
    assert state(request, record(Kind.CHECKED, 3, answers=(request.id,))) == "checked"


def test_a_request_about_earlier_words_stays_open() -> None:
    request = record(Kind.CHANGE, 2, text="Nie")
    assert state(request, APPROVED) == "draft"


def test_a_withdrawn_approval_does_not_count_until_the_withdrawal_is_withdrawn() -> None:
    withdrawal = record(Kind.WITHDRAW, 2, withdraws=(APPROVED.id,))
    again = record(Kind.WITHDRAW, 3, withdraws=(withdrawal.id,))
    assert state(APPROVED, withdrawal) == "draft"
    assert state(APPROVED, withdrawal, again) == "checked"


def test_a_withdrawn_request_gives_the_approval_back() -> None:
    request = record(Kind.UNSURE, 2)
    withdrawal = record(Kind.WITHDRAW, 3, withdraws=(request.id,))
    assert state(APPROVED, request, withdrawal) == "checked"


def test_a_kept_approval_counts_only_while_the_first_one_does() -> None:
    kept = record(Kind.CHECKED, 5, english="Yes.", wording_of=APPROVED.digest, carries=APPROVED.id)
    assert state(APPROVED, kept, english="Yes.") == "checked"
    withdrawal = record(Kind.WITHDRAW, 6, withdraws=(APPROVED.id,))
    assert state(APPROVED, kept, withdrawal, english="Yes.") == "draft"
    assert state(kept, english="Yes.") == "draft"


def test_a_request_before_the_english_changed_ends_the_kept_approval_too() -> None:
    request = record(Kind.CHANGE, 2)
    answer = record(Kind.ANSWER, 3, answers=(request.id,))
    kept = record(Kind.CHECKED, 5, english="Yes.", wording_of=APPROVED.digest, carries=APPROVED.id)
    assert state(APPROVED, request, answer, kept, english="Yes.") == "draft"


def test_kept_approvals_of_early_versions_that_name_each_other_do_not_count() -> None:
    one = record(Kind.CHECKED, 1, at="", wording_of=words_digest("c", "pl", "No", "Tak"))
    other = record(Kind.CHECKED, 1, english="No", at="", wording_of=one.digest)
    assert state(one, other) == "draft"


def test_a_chain_of_a_thousand_withdrawals_is_read() -> None:
    records = [APPROVED]
    for _ in range(1_000):
        records.append(record(Kind.WITHDRAW, 2, withdraws=(records[-1].id,)))
    assert APPROVED in Acts(records).in_force
