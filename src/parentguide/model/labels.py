"""The words for formats, review states and records that people at the school read."""

from collections.abc import Mapping

from parentguide.model.review_state import INCOMPLETE, ReviewState

# By format: the name of the file, and what it is for; in the order in which a school needs them.
FORMAT_FILES = {
    "web": ("index.html", "The web page. It works on a phone, and reads itself aloud where the phone can."),
    "handout": ("GUIDE-TAG-handout.pdf", "The sheet to hand out: A4, in two leaves."),
    "signs": (
        "GUIDE-TAG-signs.pdf",
        "The signs as pictures on one side, for a wall: A3. For A4, choose “Fit to page” when you print.",
    ),
    "large-print": (
        "GUIDE-TAG-large-print.pdf",
        "The same in 18 point type, for people who do not see well.",
    ),
    "bilingual": (
        "GUIDE-TAG-bilingual.pdf",
        "English and the language side by side, with numbers, for meetings and interpreters.",
    ),
    "cards": ("GUIDE-TAG-cards.pdf", "Cards to cut out, with which a parent asks for an interpreter."),
    "read-aloud": ("read-aloud.txt", "The words alone, numbered, for somebody who reads them out."),
    "message": ("message.txt", "A short text message to send to families, with a place for the link."),
    "fragment": (
        "fragment.html",
        "The guide to paste into a page of your website: open it in a text editor, copy all of it, and"
        " paste it into the editor's HTML or source view.",
    ),
    "review": (
        "GUIDE-TAG-review.pdf",
        "For a bilingual person who checks the translation with a pen. It is not for families.",
    ),
    "check": (
        "check.html",
        "For you: what the translation says in English, and how far it is checked.",
    ),
}

# What an office calls each format, in the order that it wants them.
FORMAT_LABELS: Mapping[str, str] = {
    "web": "Web pages",
    "handout": "Handout",
    "signs": "Signs for the wall",
    "large-print": "Large print",
    "bilingual": "Bilingual sheet",
    "cards": "Interpreter cards",
    "poster": "Poster",
    "read-aloud": "Text to read aloud",
    "message": "Text message",
    "fragment": "Text for your own web page",
    "review": "Sheet for a checker",
    "check": "Page for you",
}

# The states of a translation.
STATE_LABELS: dict[ReviewState, str] = {
    ReviewState.DRAFT: "draft",
    ReviewState.CHECKED: "checked by a bilingual speaker",
    ReviewState.PROFESSIONAL: "translated and revised by professionals",
    ReviewState.TESTED: "tested with families",
}
# What an edition can be: in one of those states, the original, or incomplete.
STATUS_LABELS: Mapping[str, str] = {
    **{str(state): label for state, label in STATE_LABELS.items()},
    ReviewState.ORIGINAL: "the original",
    INCOMPLETE: "not complete",
}
# What a reviewer says of their own work, by the state that their sign-offs give.
REVIEWER_LABELS: Mapping[ReviewState, str] = {
    ReviewState.CHECKED: "I speak both languages",
    ReviewState.PROFESSIONAL: "I am a translator, and this is a professional revision",
    ReviewState.TESTED: "I tested it with families",
}
# What a record in the ledger says, by its kind (:class:`parentguide.review.ledger.Kind`).
RECORD_LABELS: Mapping[str, str] = {
    ReviewState.CHECKED: "approved (bilingual speaker)",
    ReviewState.PROFESSIONAL: "approved (professional)",
    ReviewState.TESTED: "approved (tested with families)",
    "change": "requests a change",
    "unsure": "is not sure",
    "comment": "comment",
    "answer": "answers a request",
    "withdraw": "takes something back",
    "machine": "drafted by a machine",
}
