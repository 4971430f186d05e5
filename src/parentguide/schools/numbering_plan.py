"""Numbers that phonenumbers does not know as numbers that a person may call: data.

Sources: Ofcom, “The National Telephone Numbering Plan” (short codes of the Access Codes and Type B
numbers, and the harmonised 116 numbers in use in the UK), and Ofcom, “Telephone numbers for use in TV
and radio drama programmes”, as copied in public repositories in November 2026.
"""

# Short numbers that anybody in the UK can call, as they are shown.
SHORT_NUMBERS = {
    number.replace(" ", ""): number
    for number in (
        "999",  # emergency
        "112",  # emergency
        "18000",  # emergency through Relay UK, from a textphone
        "101",  # police, not an emergency
        "105",  # power cut
        "111",  # NHS
        "119",  # NHS, once for COVID-19
        "159",  # Stop Scams UK, connects with one's bank
        "116 000",  # missing children
        "116 006",  # victims of crime
        "116 111",  # Childline
        "116 117",  # medical help that is not an emergency
        "116 123",  # Samaritans
    )
}

# Ofcom keeps these free for drama: nobody has such a number, so examples may use them. Each is a number
# without its first 0 and without its last three digits.
_DRAMA = {
    "113 496 0",  # Leeds
    "114 496 0",  # Sheffield
    "115 496 0",  # Nottingham
    "116 496 0",  # Leicester
    "117 496 0",  # Bristol
    "118 496 0",  # Reading
    "121 496 0",  # Birmingham
    "131 496 0",  # Edinburgh
    "141 496 0",  # Glasgow
    "151 496 0",  # Liverpool
    "161 496 0",  # Manchester
    "20 7946 0",  # London
    "191 498 0",  # Tyneside, Durham, Sunderland
    "28 9018 0",  # Northern Ireland; the later 028 9649 6000 to 6999 is valid for phonenumbers
    "29 2018 0",  # Cardiff
    "1632 960",  # no area
    "7700 900",  # mobile
    "8081 570",  # free
    "909 879 0",  # premium rate
    "3069 990",  # all of the UK
}
_DRAMA_STARTS = frozenset(start.replace(" ", "") for start in _DRAMA)


def is_for_drama(national: str) -> bool:
    """Whether a number, as digits without its first 0, is one of those for drama."""
    return len(national) == 10 and national[:7] in _DRAMA_STARTS
