"""Settings, read once and frozen.

They come from the environment (`PRACHAKHOM_PORT`), then a `.env` file in the working directory, then
a TOML file (`port = 8080`) named by `PRACHAKHOM_CONFIG`; the first that has a setting wins. Secrets
are `SecretStr`: they show in no repr and no message. docs/settings.md names each.
"""

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from planning.digests import DAYS, Rhythm
from planning.errors import PrachakhomError
from planning.retention import Retention

PREFIX = "PRACHAKHOM_"
_NOT_SETTINGS = frozenset({"CONFIG", "SHARED"})
_LINE_API, _LINE_DATA = "https://api.line.me", "https://api-data.line.me"
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class SettingsMistake(PrachakhomError):
    """A setting is wrong; the text is one line, names it, and holds no secret."""


def _default_data_dir() -> Path:
    base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "prachakhom"


class Settings(BaseSettings):
    """Everything that can be set; times in the unit the name says."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="forbid",
        hide_input_in_errors=True, validate_default=False,
    )  # fmt: skip

    line_channel_secret: Annotated[tuple[SecretStr, ...], NoDecode] = ()
    line_access_token: SecretStr | None = None
    line_api_base: str = _LINE_API
    line_bot_id: str = ""
    line_month_limit: int = Field(default=300, ge=0)
    line_reserve: int = Field(default=30, ge=0)
    line_gather_seconds: float = Field(default=120.0, ge=0, le=3600)
    line_carry_days: float = Field(default=14.0, gt=0, le=366)
    done_asks: int = Field(default=3, ge=0, le=20)
    rejected_return: bool = True
    telegram_token: SecretStr | None = None
    telegram_secret: SecretStr | None = None
    telegram_api_base: str = "https://api.telegram.org"
    telegram_mode: Literal["webhook", "polling"] | None = None
    telegram_bot_name: str = ""
    host: str = Field(default="127.0.0.1", min_length=1)
    port: int = Field(default=8000, ge=0, le=65535)
    public_url: str = ""
    data_dir: Path = Field(default_factory=_default_data_dir)
    database_url: SecretStr | None = None
    tone: Literal["polite", "plain"] = "polite"
    contacts: str = ""
    burst_seconds: float = Field(default=8.0, ge=0, le=300)
    answer_wait_seconds: float = Field(default=2.0, ge=0, le=60)
    turn_workers: int = Field(default=2, ge=1, le=32)
    file_link_hours: float = Field(default=168.0, gt=0, le=24 * 366)
    keep_inbox_days: int = Field(default=90, ge=0)
    keep_outbox_days: int = Field(default=30, ge=0)
    keep_conversation_days: int = Field(default=180, ge=0)
    keep_photo_days: int = Field(default=365, ge=0)
    keep_words_days: int = Field(default=1095, ge=0)
    keep_person_days: int = Field(default=1095, ge=0)
    invite_days: float = Field(default=14.0, gt=0, le=366)
    media_max_mb: float = Field(default=10.0, gt=0, le=20)
    speech_model: Path | None = None
    digest_day: Literal[
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "daily", "off"
    ] = "monday"
    digest_hour: int = Field(default=8, ge=0, le=23)
    survey_rows: int = Field(default=2000, ge=1, le=20_000)
    forum_quorum_percent: int = Field(default=50, ge=0, le=100)
    forum_vote_by: Literal["person", "household"] = "person"
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @field_validator("line_channel_secret", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            value = [part.strip() for part in value.split(",") if part.strip()]
        if isinstance(value, list | tuple) and len(value) > 2:
            raise ValueError("takes one secret, or two while rotating")
        return value

    @field_validator("line_api_base", "telegram_api_base", "public_url")
    @classmethod
    def _origin(cls, value: str) -> str:
        return origin(value)

    @field_validator("public_url")
    @classmethod
    def _https(cls, value: str) -> str:
        if value.startswith("http://") and urlsplit(value).hostname not in _LOOPBACK:
            raise ValueError("must begin with https:// (platforms call nothing else)")
        return value

    @field_validator("telegram_token")
    @classmethod
    def _token(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not re.fullmatch(r"[A-Za-z0-9_:-]+", value.get_secret_value()):
            raise ValueError("is not of the form 123456:letters")
        return value

    @field_validator("telegram_secret")
    @classmethod
    def _webhook_secret(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value.get_secret_value()):
            raise ValueError("takes 1 to 256 of A-Z a-z 0-9 _ and -")
        return value

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not re.match(r"(sqlite|postgres(ql)?)(\+\w+)?://", value.get_secret_value()):
            raise ValueError("must begin with sqlite:// or postgresql://")
        return value

    @property
    def polling(self) -> bool:
        """Whether Telegram is asked for updates; the default without a public URL."""
        return (self.telegram_mode or ("webhook" if self.public_url else "polling")) == "polling"

    @property
    def line_data_base(self) -> str:
        """Where LINE's media are fetched: its own host for the real LINE, else the API's."""
        return _LINE_DATA if self.line_api_base == _LINE_API else self.line_api_base

    @property
    def file_base(self) -> str:
        """Scheme and host that signed links begin with; "" where no platform could open them.

        Without a public URL only a LINE that is not the real one (on this machine) gets links.
        """
        local = self.host in _LOOPBACK and self.line_api_base != _LINE_API
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.public_url or (f"http://{host}:{self.port}" if local else "")

    @property
    def on_loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        return self.host in _LOOPBACK

    @property
    def retention(self) -> Retention:
        """How long what is kept."""
        return Retention(
            inbox=self.keep_inbox_days,
            outbox=self.keep_outbox_days,
            conversations=self.keep_conversation_days,
            photos=self.keep_photo_days,
            words=self.keep_words_days,
            people=self.keep_person_days,
            walk_ins=self.keep_person_days,
        )

    @property
    def digest(self) -> Rhythm | None:
        """When heads' and kamnans' digests come unless they choose; None where they are off."""
        if self.digest_day == "off":
            return None
        weekday = None if self.digest_day == "daily" else DAYS.index(self.digest_day)
        return Rhythm(weekday=weekday, hour=self.digest_hour)

    @property
    def line_secrets(self) -> tuple[str, ...]:
        """LINE's channel secrets in clear, for the channel only."""
        return tuple(s.get_secret_value() for s in self.line_channel_secret)


def clear(secret: SecretStr | None) -> str:
    """A secret in clear, empty when it is not set."""
    return secret.get_secret_value() if secret else ""


def origin(value: str) -> str:
    """`value` without a closing slash; raises `ValueError` unless it is scheme and host only."""
    try:
        parts = urlsplit(value)
        wrong = parts.scheme not in {"http", "https"} or not parts.hostname or parts.port == 0
    except ValueError:
        wrong = True
    if wrong or re.search(r"\s", value):
        raise ValueError("must be like https://host or http://host:port")
    if parts.username is not None or parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise ValueError("must be scheme and host only, without path or password")
    return value.rstrip("/")


def setting_names() -> tuple[str, ...]:
    """Every environment variable that is read, `PRACHAKHOM_CONFIG` included."""
    return (PREFIX + "CONFIG", *(PREFIX + name.upper() for name in Settings.model_fields))


def secret_names() -> frozenset[str]:
    """Names of the fields that hold secrets."""
    fields = Settings.model_fields.items()
    return frozenset(name for name, f in fields if "SecretStr" in str(f.annotation))


def unknown_names(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Variables that begin like ours and mean nothing: most often a slip of the pen."""
    known = set(setting_names()) | {PREFIX + n for n in _NOT_SETTINGS}
    return tuple(sorted(n for n in environment if n.startswith(PREFIX) and n not in known))


def load_settings(folder: Path | None = None, **given: object) -> Settings:
    """The settings; `given` (from the command line) wins over all, `folder` holds the `.env`.

    Raises `SettingsMistake`.
    """
    dotenv = (folder or Path.cwd()) / ".env"
    values = {**_toml(os.environ.get(PREFIX + "CONFIG") or _dotenv_config(dotenv))}
    values.update(_dotenv(dotenv))
    for name in Settings.model_fields:
        if found := os.environ.get(PREFIX + name.upper()):
            values[name] = found
    values.update({name: value for name, value in given.items() if value is not None})
    try:
        return Settings(**values)
    except ValidationError as error:
        raise SettingsMistake(_one_line(error)) from None


def _one_line(error: ValidationError) -> str:
    found: dict[str, str] = {}
    for fault in error.errors(include_input=False, include_url=False, include_context=False):
        name = PREFIX + str(fault["loc"][0]).upper() if fault["loc"] else PREFIX.rstrip("_")
        found.setdefault(name, fault["msg"].removeprefix("Value error, "))
    return "; ".join(f"{name}: {why}" for name, why in found.items())


def _dotenv_values(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        read = dotenv_values(path, encoding="utf-8", interpolate=False)
    except (OSError, UnicodeDecodeError):
        raise SettingsMistake(f"{path.name}: cannot be read as UTF-8 text") from None
    return {name: value for name, value in read.items() if value}


def _dotenv_config(path: Path) -> str:
    return _dotenv_values(path).get(PREFIX + "CONFIG", "")


def _dotenv(path: Path) -> dict[str, Any]:
    read = _dotenv_values(path)
    if unknown := unknown_names(read):
        raise SettingsMistake(f"{unknown[0]}: no such setting (in {path.name})")
    fields = {
        n: read[PREFIX + n.upper()] for n in Settings.model_fields if PREFIX + n.upper() in read
    }
    _refuse_open_file(path, fields)
    return dict(fields)


def _toml(path: str) -> dict[str, Any]:
    if not path:
        return {}
    name = PREFIX + "CONFIG"
    try:
        read = tomllib.loads(Path(path).expanduser().read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        raise SettingsMistake(f"{name}: the file cannot be read") from None
    except tomllib.TOMLDecodeError:
        raise SettingsMistake(f"{name}: the file is not TOML") from None
    for key in read:
        if key not in Settings.model_fields:
            raise SettingsMistake(f"{name}: no such setting in the file: {key}")
    _refuse_open_file(Path(path).expanduser(), read)
    return read


def _refuse_open_file(path: Path, fields: Mapping[str, object]) -> None:
    """A file that holds a secret must be its owner's alone (chmod 600)."""
    secrets = sorted(secret_names() & set(fields))
    if secrets and os.name == "posix" and path.stat().st_mode & 0o077:
        where = PREFIX + secrets[0].upper()
        raise SettingsMistake(f"{where}: its file {path.name} can be read by others; chmod 600 it")
