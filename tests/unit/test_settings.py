"""The settings table: environment, overrides, errors, both languages."""

import pytest

from kg import settings
from kg.errors import SettingsError


def test_every_setting_is_told_in_both_languages() -> None:
    for name, _, meaning in settings.described():
        assert meaning.zh, name
        assert meaning.en, name


def test_the_environment_sets_and_the_caller_overrides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QKG_PAGE_LIMIT", "7")
    assert settings.load().page_limit == 7
    assert settings.load(page_limit=9).page_limit == 9


def test_a_value_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QKG_PAGE_LIMIT", "many")
    with pytest.raises(SettingsError, match=r"QKG_PAGE_LIMIT.*many"):
        settings.load()


def test_a_setting_that_does_not_exist_is_named() -> None:
    with pytest.raises(SettingsError, match=r"pagelimit.*no such setting"):
        settings.load(pagelimit=3)


def test_settings_travel_to_another_process_by_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    given = settings.load(home="x", page_limit=9, service_allow=("http://127.0.0.1/",))
    for name, value in settings.environment(given).items():
        monkeypatch.setenv(name, value)
    assert settings.load() == given


def test_the_language_is_known_even_when_a_setting_is_wrong(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("QKG_PAGE_LIMIT", "many")
    assert settings.language() == "zh"
