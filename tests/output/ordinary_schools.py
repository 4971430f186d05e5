"""Schools with details as ordinary schools have them, made at random; the same in every run."""

import random
from collections.abc import Iterator
from typing import Any

from parentguide.model.school import School
from parentguide.schools.school_file import school_from

_PLACES = (
    "Llanfair­pwll".replace("\u00ad", ""),
    "Ashby-de-la-Zouch",
    "Kingston upon Hull",
    "Tŷ Ddewi",
    "Bishop's Stortford",
    "Oughtibridge",
)
_SCHOOLS = (
    "St {saint}'s Church of England Voluntary Aided Primary School, {place}",
    "Ysgol Gynradd Gymraeg Gŵyr a Thŷ’r Wern",
    "Gaelscoil Uí Dhálaigh – Scoil Naomh Bríd",
    "Ṫeaċ na gCaoraċ",
    "Polska Szkoła Sobotnia im. Józefa Żółkiewskiego w {place}",
    "مدرسة الأمل Al-Amal School",
    "{place} Primary School 🌞",
    "The Rainbow 🌈 Nursery & Infants (3–7)",
    "{place} Academy",
    "The Federation of Saint {saint} and Our Lady of the Rosary Roman Catholic Infant Schools",
    "Ḥikmah Girls’ School (حكمة)",
    "Zhōngwén 中文学校 {place}",
    "Khalsa ਖਾਲਸਾ School",
    "Hill Top 👩‍🏫 School",
)
_SAINTS = ("Thomas", "Mary", "Æthelred", "Édouard", "Bride")
_PEOPLE = (
    "Mrs Alexandra Featherstonehaugh-Cholmondeley",
    "Siân Llŷr-Wŷn",
    "Caoimhín Ó Súilleabháin",
    "Małgorzata Brzęczyszczykiewicz",
    "Łukasz Żak",
    "فاطمة الزهراء",
    "Dr B. Khan",
    "Rev. D. O’Neill",
    "Zoë 🌻 Müller",
    "",
)
_ROLES = (
    "Designated Safeguarding Lead",
    "Deputy Designated Safeguarding Lead and Family Support Worker",
    "Headteacher",
    "Athrawes Ddiogelu",
    "Safeguarding Governor (Tuesdays & Thursdays)",
)
_CONTACTS = (
    "Hertfordshire Children's Services (out of hours too)",
    "Gwasanaethau Plant Sir Gâr",
    "Families First ❤️",
    "Polski Ośrodek Pomocy Rodzinie",
    "جمعية الأسرة",
    "MASH",
)
_STREETS = (
    "Unit 4, The Old Mill, Station Road, Hull, HU1 2CD",
    "Tŷ Coch, Heol y Bont, CF10 1AA",
    "1 High St",
)
_HOSTS = (
    "www.a.sch.uk",
    "www.st-thomas-of-canterbury-catholic-primary.thurrock.sch.uk",
    "www.stmaryscofeprimaryschool.herts.sch.uk",
)


def ordinary_schools(count: int) -> Iterator[School]:
    """``count`` schools: one to four people, none to four contacts, with short and with long details."""
    for number in range(count):
        chance = random.Random(number)  # noqa: S311 - no secrets
        yield school_from(_table(chance), None)


def _table(chance: random.Random) -> dict[str, Any]:
    host = chance.choice(_HOSTS)
    name = chance.choice(_SCHOOLS).format(place=chance.choice(_PLACES), saint=chance.choice(_SAINTS))
    table: dict[str, Any] = {"name": name, "website": host}
    if chance.random() < 0.7:
        table["guides"] = f"{host}/parents/guides"
    if chance.random() < 0.4:
        table["policy"] = f"{host}/policies/Child-Protection-Policy-{chance.randrange(2024, 2027)}.pdf"
    table["team"] = [_person(chance, host) for _ in range(chance.randint(1, 4))]
    table["local_contacts"] = [_contact(chance) for _ in range(chance.randint(0, 4))]
    return table


def _phone(chance: random.Random) -> str:
    return f"01632 960{chance.randrange(1000):03}"


def _person(chance: random.Random, host: str) -> dict[str, str]:
    person = {"name": chance.choice(_PEOPLE), "role": chance.choice(_ROLES)}
    if chance.random() < 0.8:
        person["phone"] = _phone(chance)
    if chance.random() < 0.6:
        person["email"] = f"safeguarding{chance.randrange(100)}@{host.removeprefix('www.')}"
    return person


def _contact(chance: random.Random) -> dict[str, Any]:
    contact: dict[str, Any] = {"name": chance.choice(_CONTACTS)}
    ways = {
        "phone": _phone(chance),
        "website": f"www.hub{chance.randrange(100)}.example/report-a-concern-about-a-child",
        "email": f"help{chance.randrange(100)}@hub.example",
        "address": chance.choice(_STREETS),
    }
    for key in chance.sample(sorted(ways), chance.randint(1, 2)):
        contact[key] = ways[key]
    if chance.random() < 0.3:
        contact["languages"] = ["pl", "ur"]
    return contact
