"""Pseudolocalisation."""

import re

from parentguide.machine.placeholders import TOKEN, protect, restore
from parentguide.machine.pseudo_locale import pseudolocalise


def test_text_gets_accents_and_more_letters() -> None:
    assert pseudolocalise("Call the police.") == "Çááll théé pölíçéé."
    assert pseudolocalise("") == ""


def test_tokens_keep_their_form() -> None:
    protected = protect("Call {nspcc} **now** at 5.", "cse/call")
    pseudo = pseudolocalise(protected.text)
    assert re.findall(TOKEN, pseudo) == re.findall(TOKEN, protected.text)
    assert restore(pseudo, protected).count("{nspcc}") == 1
