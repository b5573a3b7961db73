"""Slack messages, which this stand-in never sends."""

import logging

from src.settings import Settings


def announce(settings: Settings, text: str) -> None:
    """Logs what the real ingestion would post, and only where a webhook is configured."""
    if settings.webhook_url is not None:
        logging.info("Not posting to Slack from the sandbox: %s", text)
