"""One line of JSON for each thing worth knowing: with a request id, without prompts or secrets."""

import logging
import sys
from collections.abc import Iterable

import structlog

# These write request bodies, addresses with tokens, or advertisements at INFO.
CHATTY = (
    "slack_bolt",
    "slack_sdk",
    "openai",
    "httpx2",
    "httpcore2",
    "httpx",
    "uvicorn.access",
    "dbos",
    "apscheduler",
    "alembic",
)


class Redacted(logging.Filter):
    """Belt and braces: a known secret that reaches a log line is replaced there."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__()
        self._secrets = tuple(secret for secret in secrets if len(secret) >= 6)

    def filter(self, record: logging.LogRecord) -> bool:
        """Renders the record, trace included, so that nothing is formatted after the secrets are out."""
        text = record.getMessage()
        if record.exc_info:
            text = f"{text}\n{logging.Formatter().formatException(record.exc_info)}"
        for secret in self._secrets:
            text = text.replace(secret, "[secret]")
        record.msg, record.args, record.exc_info, record.exc_text = text, (), None, None
        return True


def start(level: str, secrets: Iterable[str]) -> None:
    """Send every logger of this process through one JSON handler on standard error."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    handler.addFilter(Redacted(secrets))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in CHATTY:
        logging.getLogger(name).setLevel("WARNING")
