"""What a school says about itself: the one description of it.

The reader and the writer of ``school.toml``, the columns of a trust's table, Studio's form, the
questions of ``parentguide school new``, the table in the documentation and ``school.schema.json``
are all derived from the dataclasses below. A new detail is a new field here, and a place in the
templates that shows it.

Decision: docs/decisions/0024-one-description-of-a-school.md.
"""

from collections.abc import Iterator
from dataclasses import Field, dataclass, field, fields
from typing import Annotated, Any, get_args

from parentguide.errors import InvalidValueError
from parentguide.infra.structure import AtMost, Parsed, metadata_of
from parentguide.schools.field_types import (
    LOCAL_AUTHORITY,
    Accent,
    Day,
    Email,
    FileName,
    Flag,
    Guides,
    Kind,
    Languages,
    Phone,
    Text,
    Url,
    Words,
)

MAX_TEAM = 4
MAX_LOCAL = 4
# Names of keys in files of earlier versions, with their present names.
OLD_KEYS = {"editions": "formats"}
_ROOM = "the first leaf of a sheet has no room for more"


@dataclass(frozen=True, slots=True)
class Wording:
    """The words for one detail, as metadata of its field.

    ``label`` and ``hint`` are those of Studio's form, ``question`` that of the command line,
    ``remark`` the comment in a new ``school.toml`` and the line in the documentation;
    ``autocomplete`` is the HTML token (WCAG 1.3.5).
    """

    label: str
    hint: str = ""
    question: str = ""
    remark: str = ""
    autocomplete: str = "off"


def _says(default: Any, label: str, **words: str) -> Any:
    return field(default=default, metadata={"wording": Wording(label, **words)})


@dataclass(frozen=True, kw_only=True)
class PersonEntry:
    """One person of the safeguarding team."""

    name: Text = _says("", "Name", question="name")
    role: Text = _says("", "Role", question="Role, such as Designated Safeguarding Lead")
    phone: Phone = _says(None, "Phone", question="Phone")
    email: Email = _says(None, "Email", question="Email")

    def __post_init__(self) -> None:
        if not (self.name or self.role or self.phone or self.email):
            raise InvalidValueError("this entry is empty", "Give a name, role, phone or email, or delete it.")


@dataclass(frozen=True, kw_only=True)
class LocalEntry:
    """Help near the school. Each entry has a name, and at least one way to reach it."""

    name: Text = _says("", "Name", question="name")
    phone: Phone = _says(None, "Phone", question="Phone")
    website: Url = _says(None, "Website", question="Website")
    email: Email = _says(None, "Email", question="Email")
    address: Text = _says("", "Address", question="Address of the place", remark="where it is, on one line")
    languages: Languages = _says(
        (),
        "Languages that they speak",
        question="Languages that they speak, such as Polish, Urdu (Enter: English only)",
        remark="that they speak: the language's name is shown beside them in its guides",
    )
    kind: Kind = _says(
        "",
        "This is our local authority",
        remark=f'"{LOCAL_AUTHORITY}" for your local authority, which comes first',
    )
    out_of_hours: Phone = _says(
        None,
        "The local authority's phone at night and at weekends",
        question="Phone at night and at weekends",
        remark="the local authority's phone when its office is closed, even if it is the same number",
    )

    def __post_init__(self) -> None:
        if self.out_of_hours and not self.kind:
            raise InvalidValueError(
                "out_of_hours is only for your local authority",
                f'Write kind = "{LOCAL_AUTHORITY}", or write the number as phone.',
            )
        if not self.name or not (self.phone or self.website or self.email or self.address):
            raise InvalidValueError(
                "this entry needs a name, and a phone number, website, email or address",
                "Add what is missing, or delete it.",
            )


@dataclass(frozen=True, kw_only=True)
class SchoolFile:
    """``school.toml``. Everything is optional."""

    name: Text = _says(
        "",
        "The school's name",
        question="The school's name",
        autocomplete="organization",
        remark="the school's name",
    )
    website: Url = _says(
        None,
        "The school's website",
        hint="Such as www.example.sch.uk",
        question="Its website, such as www.example.sch.uk",
        remark="shown on pages and sheets",
    )
    guides: Guides = _says(
        None,
        "The address that you will copy the guides to",
        hint="Such as www.example.sch.uk/guides. The sheets then have a QR code that leads there.",
        question="The address that you will copy the guides to (for QR codes)",
        remark="where the folder is copied to: for QR codes and messages",
    )
    policy: Url = _says(
        None,
        "The address of your Safeguarding Policy",
        question="The address of your Safeguarding Policy",
        remark="the address of your Safeguarding Policy",
    )
    logo: FileName = _says(
        "",
        "Logo",
        question="Your logo: the name of an SVG, PNG or JPEG file beside this one",
        remark="logo.svg, logo.png or logo.jpg: a picture beside this file",
    )
    colour: Accent = _says(
        None,
        "Your colour",
        hint="Such as #0f4a4f or navy: for headings and links.",
        question="Your colour for headings and links, such as #0f4a4f or navy",
        remark="#0f4a4f or navy: one colour for headings and links",
    )
    date: Day = _says(
        None,
        "The date of this edition",
        hint="Such as 24 November 2026. Shown at the foot.",
        question="The date to print at the foot, such as 24 November 2026",
        remark="2026-11-24: the day of this edition, at the foot of pages and sheets",
    )
    headteacher: Phone = _says(
        None,
        "The headteacher's phone",
        hint="For worries about a member of staff. Shown only where a guide speaks of that.",
        question="The headteacher's phone (for worries about a member of staff)",
        remark="the headteacher's phone, for worries about a member of staff",
    )
    new_training: Flag = _says(
        False,
        "Our staff have had new training on what the guides are about",
        question="Have your staff had new training on what the guides are about? (yes, or Enter: no)",
        remark="true if your staff have had new training on what the guides are about",
    )
    policy_updated: Flag = _says(
        False,
        "Our Safeguarding Policy has been updated",
        question="Has your Safeguarding Policy been updated? (yes, or Enter: no)",
        remark="true if your Safeguarding Policy has been updated",
    )
    report_remove: Flag = _says(
        False,
        "We help pupils to use Report Remove",
        question="Do you help pupils to use Report Remove? (yes, or Enter: no)",
        remark="true if you help pupils to use Report Remove, which takes down pictures of them",
    )
    first_leaf_only: Flag = _says(
        False,
        "Of the handout, only the first leaf",
        hint="Whom to call, the signs and what to do; without more to know and the official words.",
        remark="true to make only the first leaf of the handout",
    )
    a5_handout: Flag = _says(
        False,
        "The handout on A5 paper",
        hint="Half the size of A4, set for it at 12 point: easier to carry, with more sides.",
        remark="true to make the handout on A5 paper",
    )
    languages: Languages = _says((), "Languages", remark="only these; without the line, all")
    usual_languages: Languages = _says(
        (),
        "The languages that most of your families read",
        remark="shown first on the page where families choose; all others follow",
    )
    formats: Words = _says((), "Sheets and pages", remark="only these; without the line, all")
    team: Annotated[tuple[PersonEntry, ...], AtMost(MAX_TEAM, _ROOM)] = _says(
        (), "Person", remark="the safeguarding team, up to four people"
    )
    local_contacts: Annotated[tuple[LocalEntry, ...], AtMost(MAX_LOCAL, _ROOM)] = _says(
        (),
        "Help near you",
        remark="help near you, up to four; each has a phone, website, email or address",
    )


@dataclass(frozen=True, slots=True)
class Detail:
    """One field of a description: its key, how its value is read, and its words."""

    key: str
    parsed: Parsed
    wording: Wording


@dataclass(frozen=True, slots=True)
class Group:
    """A list of entries: its key, what an entry has, how many there may be, and its words."""

    key: str
    details: tuple[Detail, ...]
    most: int
    wording: Wording


def _details(form: type) -> Iterator[Detail]:
    for one in fields(form):
        parsed = metadata_of(one.type, Parsed)
        if parsed is not None:
            yield Detail(one.name, parsed, one.metadata["wording"])


def _group(one: "Field[Any]") -> Group | None:
    limit = metadata_of(one.type, AtMost)
    if limit is None:
        return None
    entry = get_args(get_args(one.type)[0])[0]
    return Group(one.name, tuple(_details(entry)), limit.count, one.metadata["wording"])


DETAILS: tuple[Detail, ...] = tuple(_details(SchoolFile))
GROUPS: tuple[Group, ...] = tuple(group for one in fields(SchoolFile) if (group := _group(one)))
TEAM, LOCAL = GROUPS
