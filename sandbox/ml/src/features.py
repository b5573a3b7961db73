"""The games to predict, as dbt has built them."""

import datetime
import logging

from src.database import read_rows


def load_features(connection) -> list[dict]:
    """Every row of the feature table: one for each game of a single date."""
    rows = read_rows(connection, "select * from silver.ml_game_features")
    logging.info("Retrieved %d games from silver.ml_game_features", len(rows))
    return rows


def are_todays(rows: list[dict], today: datetime.date) -> bool:
    """False, and said so, unless every game is one of the UTC date."""
    dates = sorted({str(row["game_date"])[:10] for row in rows})
    if dates == [today.isoformat()]:
        return True
    logging.warning(
        "Date mismatch: silver.ml_game_features holds the games of %s, today is %s (UTC), not predicting",
        ", ".join(dates),
        today.isoformat(),
    )
    return False
