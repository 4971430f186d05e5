"""Which guides a contact's languages belong to."""

import pytest

from parentguide.model.contact import FieldValue
from parentguide.model.school import LocalContact, same_speech


@pytest.mark.parametrize(
    ("spoken", "tag", "same"),
    [
        ("pl", "pl", True),
        ("pl", "ur", False),
        ("pa", "pa-Guru", True),
        ("pa", "pa-Arab", True),
        ("pa-Arab", "pa", False),
        ("pa-Arab", "pa-Guru", False),
        ("zh", "zh-Hans", True),
        # A region is another variety of the language, not another script.
        ("fa", "fa-AF", False),
        ("pt", "pt-PT", False),
        # The beginning of another tag is not the same language.
        ("k", "ku", False),
        ("ku", "kuar-Latn", False),
        ("", "Latn", False),
    ],
)
def test_a_tag_without_a_script_means_every_script(spoken: str, tag: str, same: bool) -> None:
    assert same_speech(spoken, tag) is same


def test_a_contact_speaks_any_of_its_languages() -> None:
    contact = LocalContact("Council", (FieldValue("phone", "999", "tel:999"),), ("pl", "pa"))
    assert [contact.speaks(tag) for tag in ("pl", "pa-Arab", "ur", "en")] == [True, True, False, False]
    assert not LocalContact("Council", contact.values).speaks("pl")
