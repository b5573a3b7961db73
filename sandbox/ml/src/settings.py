"""The environment, read once."""

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """Where the warehouse is. The variables' names are those of the real program."""

    host: str
    port: int
    database: str
    user: str
    password: str
    predictions_schema: str

    @staticmethod
    def from_environment() -> "Settings":
        """Raises KeyError with the variable's name where a needed one is missing."""
        return Settings(
            host=os.environ["IP"],
            port=int(os.environ.get("RDS_PORT", "5432")),
            database=os.environ["RDS_DB"],
            user=os.environ["RDS_USER"],
            password=os.environ["RDS_PW"],
            predictions_schema=os.environ.get("RDS_SCHEMA", "gold"),
        )
