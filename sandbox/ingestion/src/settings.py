"""The environment, read once."""

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """Where the warehouse and the source are. The variables' names are those of the real ingestion."""

    host: str
    port: int
    database: str
    schema: str
    user: str
    password: str
    stats_source_url: str
    pause_seconds: float
    webhook_url: str | None

    @staticmethod
    def from_environment() -> "Settings":
        """Raises KeyError with the variable's name where a needed one is missing."""
        return Settings(
            host=os.environ["IP"],
            port=int(os.environ.get("RDS_PORT", "5432")),
            database=os.environ["RDS_DB"],
            schema=os.environ.get("RDS_SCHEMA", "bronze"),
            user=os.environ["RDS_USER"],
            password=os.environ["RDS_PW"],
            stats_source_url=os.environ["STATS_SOURCE_URL"].rstrip("/"),
            pause_seconds=int(os.environ.get("SANDBOX_INGESTION_PAUSE_MS", "0")) / 1000,
            webhook_url=os.environ.get("WEBHOOK_URL") or None,
        )
