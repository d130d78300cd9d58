"""The settings of the product (`kg.settings.table`), read from the environment and told to others.

This room is the only reader of ``QKG_*``.
"""

import json

from pydantic import ValidationError

from kg.errors import SettingsError
from kg.model import Bilingual
from kg.settings.table import Settings

__all__ = ["Settings", "described", "environment", "language", "load"]


def load(**overrides: object) -> Settings:
    """Return the settings from the environment, with *overrides* that are not ``None``.

    Raises:
        SettingsError: A value cannot be used, or there is no setting of this name.
    """
    for name in overrides.keys() - Settings.model_fields.keys():
        raise SettingsError(name=name, value=overrides[name], detail="there is no such setting")
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        raise SettingsError(
            name="QKG_" + "_".join(str(part) for part in first["loc"][:1]).upper(),
            value=first.get("input"),
            detail=first["msg"],
        ) from error


def environment(settings: Settings) -> dict[str, str]:
    """Return *settings* as environment variables, for a process of its own."""
    given = settings.model_dump(mode="json", exclude_unset=True, exclude_none=True)
    return {
        f"QKG_{name.upper()}": value if isinstance(value, str) else json.dumps(value)
        for name, value in given.items()
    }


def language(given: str | None = None) -> str:
    """Return the language to speak: *given*, else the setting, else Chinese; never fails."""
    try:
        return load(lang=given).lang
    except SettingsError:
        return "zh"


def described() -> list[tuple[str, object, Bilingual]]:
    """Return name of the variable, default and meaning of each setting."""
    table = []
    for name, field in Settings.model_fields.items():
        extra = field.json_schema_extra
        zh = str(extra["zh"]) if isinstance(extra, dict) else ""
        table.append((f"QKG_{name.upper()}", field.default, Bilingual(zh, field.description or "")))
    return table
