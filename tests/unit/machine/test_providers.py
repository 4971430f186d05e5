"""What providers need, and which of them know a language."""

import subprocess
import sys

import pytest

from parentguide.errors import ProjectError
from parentguide.machine.errors import ErrorKind, TranslationError
from parentguide.machine.providers import PROVIDERS, access, provider
from parentguide.machine.request import Access, TranslationRequest
from tests.unit.machine.adapters import Answer, Answers


def test_a_provider_without_the_language_is_an_error() -> None:
    assert provider("google").code("zh-Hans") == "zh-CN"
    assert provider("pseudo").code("pa-Arab") == "pa-Arab"
    with pytest.raises(ProjectError, match="no machine translation for “pa-Arab”"):
        provider("google").code("pa-Arab")


def test_the_version_names_provider_and_package() -> None:
    versions = [provider.version for provider in PROVIDERS]
    assert len(set(versions)) == len(versions)
    assert provider("google").version.startswith("Google's web page, deep-translator ")
    assert provider("apertium").version.startswith("Apertium, parentguide ")


ENVIRONMENT = {
    "LIBRETRANSLATE_URL": "http://own.example",
    "LIBRETRANSLATE_KEY": " libre-key\n",
    "MICROSOFT_TRANSLATOR_KEY": "ms-key",
    "MICROSOFT_TRANSLATOR_REGION": "westeurope",
}


def test_settings_come_from_the_command_line_or_the_environment() -> None:
    assert access(provider("libre"), ENVIRONMENT) == Access("libre-key", "http://own.example")
    given = access(provider("libre"), ENVIRONMENT, "https://other.example", "other")
    assert given == Access("other", "https://other.example")
    assert access(provider("microsoft"), ENVIRONMENT) == Access("ms-key", region="westeurope")


def test_a_provider_gets_no_setting_that_it_does_not_have() -> None:
    assert access(provider("google"), ENVIRONMENT, "http://own.example", "a-key") == Access()


@pytest.mark.parametrize(
    "url",
    ["", "own.example", "file:///etc/passwd", "http://", "http://me:secret@own.example", "http://[::1"],
)
def test_an_address_that_is_not_a_server_is_an_error(url: str) -> None:
    with pytest.raises(ProjectError, match=r"address") as raised:
        access(provider("apertium"), {}, url)
    assert "APERTIUM_URL" in raised.value.remedy


def test_a_missing_key_is_an_error() -> None:
    with pytest.raises(ProjectError, match="needs a key"):
        access(provider("microsoft"), {})


def test_access_does_not_show_its_key() -> None:
    assert "secret" not in repr(Access("secret"))


@pytest.mark.parametrize(
    ("name", "kind"), [("libre", ErrorKind.KEY_REJECTED), ("apertium", ErrorKind.REFUSED)]
)
def test_only_a_provider_with_keys_can_reject_one(name: str, kind: ErrorKind) -> None:
    request, reached = TranslationRequest("Hello", "en", "es"), Access("", "http://own.example")
    with pytest.raises(TranslationError) as raised:
        provider(name).translate(request, reached, Answers(Answer(b"", 403)).client())
    assert raised.value.kind is kind


def test_the_list_of_providers_loads_no_library() -> None:
    """The command line reads the list at each start."""
    code = (
        "import sys, parentguide.machine.providers; "
        "print([m for m in ('requests', 'deep_translator', 'babel', 'cattrs') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
