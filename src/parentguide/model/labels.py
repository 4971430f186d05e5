"""The words for formats and review states that people at the school read."""

# What the office reads of each edition's file, in the order that they are wanted.
FORMAT_FILES = {
    "web": ("index.html", "The web page. It works on a phone, and reads itself aloud where the phone can."),
    "handout": ("GUIDE-TAG-handout.pdf", "The sheet to hand out: A4, two sides."),
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
        "For you: what the translation says when it is put back into English, and how far it is checked.",
    ),
}


# The states of review, as the office reads them.
STATE_LABELS = {
    "draft": "draft",
    "checked": "checked by a bilingual speaker",
    "professional": "translated and revised by professionals",
    "tested": "tested with families",
}
