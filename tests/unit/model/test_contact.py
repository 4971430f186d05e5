"""Values of placeholders."""

from parentguide.model.contact import FieldValue


def test_text_has_no_link() -> None:
    assert FieldValue("text", "school").href == ""


def test_values_can_be_keys_of_a_cache() -> None:
    values = {FieldValue("phone", "999", "tel:999"), FieldValue("phone", "999", "tel:999")}
    assert len(values) == 1
