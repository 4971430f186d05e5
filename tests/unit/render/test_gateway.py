"""The languages in groups on the page where families choose theirs."""

import re
from dataclasses import replace
from html import unescape

from parentguide.model.language import Language
from parentguide.render.web.gateway import Gateway, groups
from parentguide.render.web.look import Look, policy
from tests.unit.render.editions import ENGLISH, SCHOOL, TEMPLATES, edition, language, site


def made(tag: str, own_name: str, script: str = "Latn") -> Language:
    return replace(language("pl", script=script), tag=tag, lang=tag, own_name=own_name)


SPANISH, CZECH = made("es", "Español"), made("cs", "Čeština")
RUSSIAN, TAMIL, HINDI = made("ru", "Русский", "Cyrl"), made("ta", "தமிழ்", "Taml"), made("hi", "हिन्दी", "Deva")
GEORGIAN = made("ka", "ქართული", "Geor")
PANJABI = (made("pa-Guru", "ਪੰਜਾਬੀ", "Guru"), made("pa-Arab", "پنجابی", "Arab"))


def test_names_stand_by_script_english_first_and_then_in_the_order_of_own_names() -> None:
    found = groups([GEORGIAN, TAMIL, SPANISH, HINDI, RUSSIAN, CZECH, ENGLISH])
    assert [(group["name"], [*group["languages"]]) for group in found] == [
        ("Languages in Latin letters", [ENGLISH, CZECH, SPANISH]),
        ("Languages in Cyrillic letters", [RUSSIAN]),
        ("Languages in South Asian letters", [HINDI, TAMIL]),
        ("Languages in Georgian letters", [GEORGIAN]),
    ]


def test_usual_languages_come_first_once_and_in_the_order_of_the_school() -> None:
    first, *others = groups([ENGLISH, CZECH, RUSSIAN, *PANJABI], ("ru", "pa", "pa-Arab", "ta"))
    assert [v.tag for v in first["languages"]] == ["ru", "pa-Guru", "pa-Arab"]
    assert [v.tag for group in others for v in group["languages"]] == ["en", "cs"]


def test_the_names_to_search_are_escaped_and_the_policy_allows_both_scripts() -> None:
    odd = replace(language(), aliases=('a"b', "<i>"))
    text = Gateway(TEMPLATES).render(site(edition(), edition(odd), school=SCHOOL)).decode()
    assert 'data-names="Polish, a&#34;b, &lt;i&gt;"' in text
    first, second = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    assert first == Look(TEMPLATES).script
    assert policy(style, first, second) in unescape(text)
