"""The environment, read once; nobody else looks at os.environ. deploy/env.example lists every name."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import BadSettings

SLACK = "https://slack.com/api/"
OPENAI, OPENAI_HOST = "https://api.openai.com/v1", "api.openai.com"
LOCAL_STORE = Path("var/imagelane.db")
LOOPBACK = ("127.0.0.1", "localhost", "::1")
CLOCK = re.compile(r"http://(127\.0\.0\.1|localhost|\[::1\]):[0-9]{1,5}/[A-Za-z0-9._/-]*")


class Settings(BaseSettings):
    """Field `slack_bot_token` is read from SLACK_BOT_TOKEN, and so on; those of our own begin with IMAGELANE_."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True, hide_input_in_errors=True)

    slack_bot_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_api_url: str = SLACK
    openai_api_key: SecretStr | None = None
    openai_admin_key: SecretStr | None = None
    openai_base_url: str | None = None
    openai_models_url: str | None = None
    database_url: SecretStr | None = None
    port: int = Field(3000, ge=0, le=65535)

    imagelane_host: str = "0.0.0.0"  # noqa: S104 - a container's web process listens for its router
    imagelane_metrics_token: SecretStr | None = None
    imagelane_pictures: Path = Path("var/pictures")
    imagelane_pictures_days: int = Field(30, ge=1)
    imagelane_zone: ZoneInfo = ZoneInfo("UTC")
    imagelane_month_limit_usd: Decimal = Field(Decimal(50), ge=0, le=999_999, max_digits=10, decimal_places=4)
    imagelane_per_minute: int = Field(5, ge=1)
    imagelane_per_hour: int = Field(30, ge=1)
    imagelane_usage_per_minute: int = Field(600, ge=1)
    imagelane_queue: int = Field(500, ge=1)
    imagelane_workers: int = Field(8, ge=1, le=64)
    imagelane_per_model: int = Field(4, ge=1, le=64)
    imagelane_image_timeout: int = Field(600, ge=5, le=3600)
    imagelane_horizon_days: int = Field(30, ge=0, le=365)
    imagelane_plain_http_hosts: Annotated[tuple[str, ...], NoDecode] = ()
    imagelane_admins: Annotated[tuple[str, ...], NoDecode] = ()
    imagelane_guests: bool = False
    imagelane_budget_owners: Annotated[tuple[str, ...], NoDecode] = ()
    imagelane_budget_alerts: Annotated[tuple[int, ...], NoDecode] = (50, 80, 95)
    imagelane_drain_seconds: int = Field(30, ge=0, le=600)
    imagelane_log: str = Field("info", pattern="^(debug|info|warning|error)$")
    imagelane_failpoint: str | None = None
    imagelane_clock_url: str | None = None

    @field_validator(
        *("imagelane_admins", "imagelane_budget_owners", "imagelane_budget_alerts", "imagelane_plain_http_hosts"),
        mode="before",
    )
    @classmethod
    def _comma_list(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("imagelane_budget_alerts")
    @classmethod
    def _rising_percents(cls, value: tuple[int, ...]) -> tuple[int, ...]:
        if any(not 1 <= each <= 100 for each in value) or list(value) != sorted(set(value)):
            raise ValueError("it must be rising whole per cents from 1 to 100 such as 50,80,95")
        return value

    @field_validator("slack_api_url")
    @classmethod
    def _api_url(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("it must be a whole address such as https://slack.com/api/")
        if parts.scheme == "http" and parts.hostname not in LOOPBACK:
            raise ValueError("plain http is for this machine only; use https")
        return value if value.endswith("/") else value + "/"

    @field_validator("imagelane_clock_url")
    @classmethod
    def _clock_here(cls, value: str | None) -> str | None:
        if value is not None and not CLOCK.fullmatch(value):
            raise ValueError("it must be an http address of this machine such as http://127.0.0.1:3001/clock")
        return value

    @model_validator(mode="after")
    def _key_and_prompts_are_not_sent_in_clear(self) -> Self:
        plainly = (*LOOPBACK, *(name.lower() for name in self.imagelane_plain_http_hosts))
        for name in ("openai_base_url", "openai_models_url"):
            address, what = getattr(self, name), "the key and every prompt" if name == "openai_base_url" else "the key"
            if address is not None:
                _check_address(name.upper(), address, what, plainly)
        return self

    @model_validator(mode="after")
    def _a_moved_clock_is_for_a_playground(self) -> Self:
        if self.imagelane_clock_url and urlsplit(self.slack_api_url).hostname not in LOOPBACK:
            raise ValueError("IMAGELANE_CLOCK_URL moves the bot's clock: only beside a SLACK_API_URL on this machine")
        return self

    @model_validator(mode="after")
    def _failpoints_are_for_tests(self) -> Self:
        if self.imagelane_failpoint and urlsplit(self.slack_api_url).hostname not in LOOPBACK:
            raise ValueError(
                "IMAGELANE_FAILPOINT kills the process on purpose: only beside a SLACK_API_URL on this machine"
            )
        return self

    @property
    def store_url(self) -> str:
        """The configured database, or the default local file."""
        return self.database_url.get_secret_value() if self.database_url else f"sqlite:///{LOCAL_STORE}"

    @property
    def models_url(self) -> str | None:
        """Under which /models stands: the one that is named, else OpenAI's own; None beside another image service."""
        if self.openai_models_url is not None:
            return self.openai_models_url.rstrip("/").removesuffix("/models")
        base = self.openai_base_url or OPENAI
        _, host = _scheme_and_host(base)
        return base if host == OPENAI_HOST or host.endswith(f".{OPENAI_HOST}") else None

    @property
    def on_loopback(self) -> bool:
        """Only this machine can reach the web process, as far as its host says so plainly."""
        return self.imagelane_host in LOOPBACK

    @property
    def metrics_token(self) -> str:
        """Without the blanks around it, which no header could carry; empty when there is none."""
        return self.imagelane_metrics_token.get_secret_value().strip() if self.imagelane_metrics_token else ""

    @property
    def signing_secrets(self) -> tuple[str, ...]:
        """One secret, or two with a comma while it is being rotated."""
        text = self.slack_signing_secret.get_secret_value() if self.slack_signing_secret else ""
        return tuple(secret.strip() for secret in text.split(",") if secret.strip())

    def secrets(self) -> tuple[str, ...]:
        """Every value that must never be shown or logged."""
        keys = (self.slack_bot_token, self.slack_app_token, self.openai_api_key, self.openai_admin_key)
        try:
            password = urlsplit(self.store_url).password
        except ValueError:
            password = self.store_url  # it is no address, and all of it may be one
        values = [secret.get_secret_value() for secret in keys if secret] + list(self.signing_secrets)
        return tuple(value for value in [*values, self.metrics_token, password] if value)

    def for_slack(self) -> Self:
        """These settings, when they are enough to talk to Slack; else BadSettings names the first that is missing."""
        if not self.slack_bot_token:
            raise BadSettings("SLACK_BOT_TOKEN is not set: it is the bot token (xoxb-...) of your Slack app.")
        if not self.signing_secrets and not self.slack_app_token:
            raise BadSettings("SLACK_SIGNING_SECRET is not set: it is on the Basic Information page of your Slack app.")
        return self


def _check_address(name: str, address: str, what: str, plainly: tuple[str, ...]) -> None:
    """Raises ValueError."""
    scheme, host = _scheme_and_host(address)
    if scheme not in ("http", "https") or not host:
        raise ValueError(f"{name}: it must be a whole address such as {OPENAI}")
    if scheme == "http" and host not in plainly:
        raise ValueError(
            f"{name}: plain http would send {what} in clear; "
            "use https, or name the host in IMAGELANE_PLAIN_HTTP_HOSTS where nobody else can read on the way"
        )


def _scheme_and_host(address: str) -> tuple[str, str]:
    """Both empty for what can't be read."""
    try:
        parts = urlsplit(address)
        return parts.scheme, parts.hostname or ""
    except ValueError:
        return "", ""


def read() -> Settings:
    """Settings from the environment and .env; BadSettings is one line that names the setting."""
    try:
        return Settings()
    except ValidationError as wrong:
        first = wrong.errors(include_url=False, include_input=False, include_context=False)[0]
        name = str(first["loc"][0]).upper() if first["loc"] else ""
        reason = first["msg"].removeprefix("Value error, ")
        raise BadSettings(f"{name}: {reason}." if name else f"{reason}.") from None
