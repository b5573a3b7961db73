"""Play-by-play of the games that have box scores."""

import http.client
import logging

from src.feature_flags import FeatureFlags
from src.job_log import timed
from src.stats_source import StatsSource
from src.upsert import Table, stamps

TABLE = Table(
    name="bbref_player_pbp",
    constraint="bbref_player_pbp_unique",
    key=(
        "hometeam",
        "awayteam",
        "date",
        "timequarter",
        "numberperiod",
        "descriptionplayvisitor",
        "descriptionplayhome",
    ),
)


@timed
def get_pbp_data(
    source: StatsSource, flags: FeatureFlags, games: list[dict], run_date: str
) -> list[dict]:
    """Bronze rows of all the games' plays, or of none: a single page that fails loses the whole date."""
    if not flags.is_enabled("pbp"):
        logging.info("Feature Flag pbp is disabled, skipping the PBP Transformation Function")
        return []
    if not games:
        logging.warning("PBP Transformation Function Warning, no box scores to take games from")
        return []
    try:
        rows = []
        for game in games:
            plays = source.plays(run_date, game["home"])
            logging.info("Retrieved %d plays of %s @ %s", len(plays), game["away"], game["home"])
            shared = {
                "hometeam": game["home"],
                "awayteam": game["away"],
                "date": run_date,
                **stamps(),
            }
            rows.extend({**play, **shared} for play in plays)
    except (OSError, http.client.HTTPException, ValueError, KeyError) as error:
        logging.error("PBP Transformation Function Logic Failed, %s", error)
        return []
    logging.info(
        "PBP Transformation Function Successful, retrieving %d rows for %s", len(rows), run_date
    )
    return rows
