"""The parts of a letter that are not part of its message: date, greeting, close and signature."""

import re
from collections.abc import Sequence

from parentguide.model.statement import LEAVE_OUT, StatementKind
from parentguide.newsletter.drafts import StatementDraft
from parentguide.newsletter.lines import ends_sentence

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATE = re.compile(
    r"(?:date[:d]?\s*)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+(?:the\s+)?)?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+\d{{4}})?"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?|{_MONTH}\s+\d{{4}}"
    r"|\d{1,2}[/.-]\d{1,2}[/.-](?:\d{2}|\d{4})|\d{4}-\d{2}-\d{2})\.?"
    r"(?:\s*[|–—-]\s*(?:week|issue|edition|term)\b.{0,20})?",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"(?:dear\b|to\s+(?:all\s+)?(?:our\s+)?(?:parents?|carers?|famil(?:y|ies)|whom)\b"
    r"|(?:hello|hi)\b|good\s+(?:morning|afternoon|evening)\b).*",
    re.IGNORECASE,
)
_CLOSE = re.compile(
    r"(?:yours\s+(?:sincerely|faithfully|truly)|(?:with\s+)?(?:my\s+|our\s+)?(?:very\s+)?"
    r"(?:kind(?:est)?|best|warm(?:est)?|good|many)?\s*(?:regards|wishes|thanks)"
    r"|(?:many\s+)?thank(?:s|\s+you)(?:\s+(?:for|in)\b.{0,60})?(?=,)|sincerely)[,.]?",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:head(?:teacher|\s+teacher|\s+of\b|master|mistress)?|principal|safeguarding|dsl|deputy|governors?"
    r"|manager|officer|secretary|pastoral|team|chair|senco)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}$|^(?i:tel(?:ephone)?|fax|phone|e-?mail|website|web|(?:our|your)\s+ref|ref)\b\.?\s*:"
)
# The line below a newsletter's title: “Issue 4 | Autumn Term 2025”, “For families – Spring 2026”.
_SEASON = r"(?:autumn|winter|spring|summer|michaelmas|lent|trinity)(?:\s+term)?(?:\s+\d)?,?\s+\d{4}"
_ISSUE = re.compile(
    rf"(?:issue|edition|volume|vol|number|no)\b\.?\s*\d+.*|{_SEASON}.*|.*[|–—-]\s*{_SEASON}"
    rf"|.*[|–—-]\s*(?:issue|edition|volume|week)\s*\d+|.*[|–—-]\s*{_MONTH}\s+\d{{4}}",
    re.IGNORECASE,
)
_SCHOOL = re.compile(r"\b(?:school|college|academy|primary|nursery|trust)$", re.IGNORECASE)
_NAME = re.compile(r"(?:[A-Z][\w’'.-]*\s+){1,3}[A-Z][\w’'-]+")
_NO_NAME = re.compile(
    r"\b(?:contacts?|team|staff|people|help|support|who|school|safeguarding|key|your|our)\b", re.I
)
_PERSON = re.compile(r"(?:mr|mrs|ms|miss|mx|dr|rev|sir|dame)\b\.?\s+[A-Z]", re.IGNORECASE)
_LINE_KINDS = (StatementKind.PARAGRAPH, StatementKind.HEADING)
_LONGEST = 120  # characters
_MOST_WORDS_OF_GREETING = 12
_MOST_WORDS_OF_SIGNATURE = 9
_MOST_SIGNATURE_LINES = 7
_MOST_LINES_BEFORE_GREETING = 12
_MOST_LINES_TO_GREETING = 200
_LONGEST_CLOSE = 80  # characters
_MOST_LINES_BEFORE_DATE = 4
_MOST_LINES_WITHOUT_CLOSE = 3
_SENTENCE_WORDS = 6


def with_letter_parts(drafts: Sequence[StatementDraft]) -> list[StatementDraft]:
    """The drafts, with the parts of a letter as paragraphs that the reader suggests to leave out."""
    greeting = _greeting(drafts)
    closes = [index for index, draft in enumerate(drafts) if _is_close(draft)]
    parts: set[int] = set()
    for close in closes:
        parts |= {close, *_signature(drafts, close + 1)}
    if greeting is not None:
        head = range(max(0, greeting - _MOST_LINES_BEFORE_GREETING), greeting)
        parts |= {greeting, *(i for i in head if _is_date(drafts[i])), *_letterhead(drafts, head)}
        if not closes:
            parts |= _last_names(drafts, greeting)
        # A date may stand below the greeting, or below the signature.
        parts |= {i for i in (greeting + 1, len(drafts) - 1) if i < len(drafts) and _is_date(drafts[i])}
    top = range(min(_MOST_LINES_BEFORE_DATE, len(drafts)))
    parts |= {i for i in top if _is_date(drafts[i]) or (i and _is_issue(drafts[i]))}
    if greeting is None and not closes:
        parts |= _writer(drafts)
    return [_left_out(draft) if i in parts else draft for i, draft in enumerate(drafts)]


def is_person(name: str, role: str) -> bool:
    """Whether two lines are a person's name and what the person is at the school, as in a contact block."""
    if _NO_NAME.search(name) or not _NAME.fullmatch(name) or ":" in role or ends_sentence(role):
        return False
    return bool(_ROLE.search(role)) and len(role.split()) <= _MOST_WORDS_OF_SIGNATURE


def _left_out(draft: StatementDraft) -> StatementDraft:
    return draft._replace(kind=StatementKind.PARAGRAPH, is_guess=False, suggest=LEAVE_OUT)


def _text(draft: StatementDraft) -> str:
    return " ".join(draft.parts)


def _is_short(draft: StatementDraft, most_words: int) -> bool:
    """Whether the draft is a line of few words that is no row, quotation or item."""
    if draft.kind not in _LINE_KINDS or len(draft.parts) > 2 or len(draft.first) > _LONGEST:
        return False
    return len(_text(draft).split()) <= most_words


def _greeting(drafts: Sequence[StatementDraft]) -> int | None:
    for index, draft in enumerate(drafts[:_MOST_LINES_TO_GREETING]):
        text = _text(draft) if _is_short(draft, _MOST_WORDS_OF_GREETING) else ""
        if text and _GREETING.fullmatch(text) and not text.endswith((".", "?", ":")):
            return index
    return None


def _is_date(draft: StatementDraft) -> bool:
    return _is_short(draft, _MOST_WORDS_OF_GREETING) and bool(_DATE.fullmatch(_text(draft)))


def _is_issue(draft: StatementDraft) -> bool:
    return (
        draft.is_guess and _is_short(draft, _MOST_WORDS_OF_GREETING) and bool(_ISSUE.fullmatch(_text(draft)))
    )


def _is_address(draft: StatementDraft) -> bool:
    return _is_short(draft, _MOST_WORDS_OF_GREETING) and bool(_ADDRESS.search(_text(draft)))


def _letterhead(drafts: Sequence[StatementDraft], head: range) -> set[int]:
    """The lines above the greeting that are an address, with those between them and the school's name."""
    addresses = [index for index in head if _is_address(drafts[index])]
    if not addresses:
        return set()
    name = next((index for index in head if _SCHOOL.search(_text(drafts[index]))), addresses[0])
    return {i for i in range(name, addresses[-1] + 1) if _is_short(drafts[i], _MOST_WORDS_OF_GREETING)}


def _is_close(draft: StatementDraft) -> bool:
    if len(draft.parts[0]) > _LONGEST_CLOSE:
        return False
    return bool(_CLOSE.fullmatch(draft.parts[0])) and _is_short(draft, _MOST_WORDS_OF_GREETING)


def _is_name(draft: StatementDraft) -> bool:
    """Whether the draft may be a line of a signature: a name, a role, a school, a number."""
    text = _text(draft)
    if not _is_short(draft, _MOST_WORDS_OF_SIGNATURE) or text.endswith((":", "?")):
        return False
    return not ends_sentence(text) or len(text.split()) < _SENTENCE_WORDS


def _signature(drafts: Sequence[StatementDraft], start: int) -> set[int]:
    """The lines below the close that name who wrote the letter; a heading above more text is none of them."""
    end = start
    while end < len(drafts) and end - start < _MOST_SIGNATURE_LINES and _is_name(drafts[end]):
        end += 1
    if end < len(drafts) and end > start + 1 and drafts[end - 1].has_gap:
        end -= 1
    return set(range(start, end))


def _writer(drafts: Sequence[StatementDraft]) -> set[int]:
    """Below a newsletter that is no letter: its last two lines, if they are a person and what they are."""
    if len(drafts) < _MOST_LINES_BEFORE_DATE:
        return set()
    *_, name, role = drafts
    is_signed = _is_name(name) and _PERSON.match(_text(name)) and _is_name(role) and _ROLE.search(_text(role))
    return {len(drafts) - 2, len(drafts) - 1} if is_signed and not role.has_gap else set()


def _last_names(drafts: Sequence[StatementDraft], greeting: int) -> set[int]:
    """In a letter without a close: the last lines, if they are names and one of them is a role."""
    start = len(drafts)
    while start > greeting + 1 and len(drafts) - start < _MOST_LINES_WITHOUT_CLOSE:
        if not _is_name(drafts[start - 1]) or ends_sentence(_text(drafts[start - 1])):
            break
        start -= 1
    names = range(start, len(drafts))
    return set(names) if any(_ROLE.search(_text(drafts[index])) for index in names) else set()
