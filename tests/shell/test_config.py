"""Settings: where they come from, what is refused, and that secrets never show."""

from pathlib import Path
from typing import Any

import pytest

from bot.config import (
    PREFIX,
    Settings,
    SettingsMistake,
    clear,
    load_settings,
    secret_names,
    setting_names,
    unknown_names,
)

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in setting_names():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def test_defaults_are_those_of_the_contract() -> None:
    settings = load_settings()
    assert (settings.burst_seconds, settings.answer_wait_seconds) == (8, 2)
    assert (settings.line_month_limit, settings.host, settings.polling) == (300, "127.0.0.1", True)
    assert settings.line_data_base == "https://api-data.line.me"


def test_environment_wins_over_dotenv_and_dotenv_over_toml(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "own.toml").write_text('port = 1\nhost = "::1"\nburst_seconds = 3\n')
    (tmp_path / ".env").write_text("PRACHAKHOM_PORT=2\nPRACHAKHOM_HOST=localhost\nOTHER=x\n")
    monkeypatch.setenv("PRACHAKHOM_CONFIG", str(tmp_path / "own.toml"))
    monkeypatch.setenv("PRACHAKHOM_PORT", "3")
    settings = load_settings()
    assert (settings.port, settings.host, settings.burst_seconds) == (3, "localhost", 3)
    assert load_settings(port=4).port == 4


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "seventy"),
        ("PORT", "70000"),
        ("LINE_API_BASE", "https://host/path"),
        ("LINE_API_BASE", "host"),
        ("TELEGRAM_API_BASE", "https://user:pw@host"),
        ("TELEGRAM_API_BASE", "https://host?x=1"),
        ("TELEGRAM_API_BASE", "https://host:port"),
        ("PUBLIC_URL", "http://example.org"),
        ("TELEGRAM_MODE", "pigeon"),
        ("TELEGRAM_TOKEN", "sesame with spaces"),
        ("TELEGRAM_SECRET", "sesame/slash"),
        ("LINE_CHANNEL_SECRET", "sesame1,sesame2,sesame3"),
        ("DATABASE_URL", "mysql://sesame@host"),
        ("BURST_SECONDS", "-1"),
        ("LINE_MONTH_LIMIT", "many"),
        ("LOG_LEVEL", "loud"),
    ],
)
def test_a_wrong_setting_is_named_in_one_line_without_its_value(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(PREFIX + name, value)
    with pytest.raises(SettingsMistake) as caught:
        load_settings()
    assert str(caught.value).startswith(PREFIX + name + ": ")
    assert "\n" not in str(caught.value)
    assert "sesame" not in str(caught.value)


def test_secrets_show_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {"LINE_CHANNEL_SECRET": "sesame1,sesame2", "LINE_ACCESS_TOKEN": "sesame",
             "TELEGRAM_TOKEN": "1:sesame", "TELEGRAM_SECRET": "sesame",
             "DATABASE_URL": "postgresql://u:sesame@h/d"}  # fmt: skip
    for name, value in given.items():
        monkeypatch.setenv(PREFIX + name, value)
    settings = load_settings()
    assert "sesame" not in repr(settings) + str(settings) + settings.model_dump_json()
    assert settings.line_secrets == ("sesame1", "sesame2")
    assert clear(settings.telegram_token) == "1:sesame"
    assert {PREFIX + n.upper() for n in secret_names()} == {PREFIX + n for n in given}


def test_a_secrets_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text("PRACHAKHOM_LINE_ACCESS_TOKEN=sesame\n")
    dotenv.chmod(0o644)
    with pytest.raises(SettingsMistake, match="PRACHAKHOM_LINE_ACCESS_TOKEN"):
        load_settings()
    dotenv.chmod(0o600)
    assert clear(load_settings().line_access_token) == "sesame"


def test_toml_with_secrets_must_be_private_and_known(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    own = tmp_path / "own.toml"
    monkeypatch.setenv("PRACHAKHOM_CONFIG", str(own))
    with pytest.raises(SettingsMistake, match="PRACHAKHOM_CONFIG"):
        load_settings()
    own.write_text('telegram_secret = "sesame"')
    own.chmod(0o640)
    with pytest.raises(SettingsMistake, match="PRACHAKHOM_TELEGRAM_SECRET"):
        load_settings()
    own.write_text("not toml at all")
    with pytest.raises(SettingsMistake, match="not TOML"):
        load_settings()
    own.write_text("colour = 1")
    with pytest.raises(SettingsMistake, match="colour"):
        load_settings()


def test_slips_of_the_pen_are_found(tmp_path: Path) -> None:
    assert unknown_names({"PRACHAKHOM_PROT": "1", "PRACHAKHOM_PORT": "1", "PROT": "1"}) == (
        "PRACHAKHOM_PROT",
    )
    (tmp_path / ".env").write_text("PRACHAKHOM_PROT=1\n")
    with pytest.raises(SettingsMistake, match="PRACHAKHOM_PROT"):
        load_settings()


@pytest.mark.parametrize(
    ("given", "polling"),
    [
        ({}, True),
        ({"public_url": "https://example.org"}, False),
        ({"public_url": "https://example.org", "telegram_mode": "polling"}, True),
        ({"telegram_mode": "webhook"}, False),
    ],
)
def test_telegram_is_polled_unless_it_can_call_us(given: dict[str, Any], polling: bool) -> None:
    assert load_settings(**given).polling is polling


def test_links_begin_where_they_can_be_opened() -> None:
    assert load_settings(public_url="https://example.org/").file_base == "https://example.org"
    assert load_settings().file_base == ""
    fake = load_settings(line_api_base="http://127.0.0.1:9", port=81)
    assert fake.file_base == "http://127.0.0.1:81"
    assert fake.line_data_base == "http://127.0.0.1:9"
    assert load_settings(line_api_base="http://127.0.0.1:9", host="0.0.0.0").file_base == ""


def test_settings_are_frozen() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load_settings().port = 1


def test_every_setting_is_in_the_docs() -> None:
    text = (DOCS / "settings.md").read_text(encoding="utf-8")
    assert len(Settings.model_fields) > 10
    assert [n for n in setting_names() if f"`{n}`" not in text] == []
