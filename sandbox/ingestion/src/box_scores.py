"""Box scores of a date, from the source's page to rows of bronze."""

import http.client
import logging

from src.feature_flags import FeatureFlags
from src.job_log import timed
from src.stats_source import StatsSource
from src.upsert import Table, stamps

TABLE = Table(
    name="bbref_player_boxscores",
    constraint="bbref_player_boxscores_unique",
    key=("player", "date"),
)


@timed
def get_boxscores_data(source: StatsSource, flags: FeatureFlags, run_date: str) -> list[dict]:
    """The games that the source has box scores of. Whatever goes wrong there is logged and gives none."""
    if not flags.is_enabled("boxscores"):
        logging.info("Feature Flag boxscores is disabled, skipping the Box Scores Function")
        return []
    try:
        page = source.box_scores(run_date)
        games = page["games"]
        if page["status"] == "no games":
            logging.warning("Box Scores Function Warning, no games played on %s", run_date)
        elif not games:
            logging.error(
                "Box Scores Function Failed, Box Scores aren't available yet for %s", run_date
            )
        else:
            count = sum(len(game["players"]) for game in games)
            logging.info(
                "Box Score Transformation Function Successful, retrieving %d rows for %s",
                count,
                run_date,
            )
        return games
    except (OSError, http.client.HTTPException, ValueError, KeyError) as error:
        logging.error("Box Scores Function Failed, %s", error)
        return []


def rows_of(games: list[dict], run_date: str) -> list[dict]:
    """Bronze rows of the games' players."""
    shared = {"date": run_date, "type": "Regular Season", **stamps()}
    return [{**player, **shared} for game in games for player in game["players"]]
