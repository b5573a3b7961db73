"""Predicts today's games, today being the UTC date at this moment."""

import datetime
import logging
import sys

from src.database import connect
from src.features import are_todays, load_features
from src.model import predict
from src.predictions import DuplicatePredictions, refuse_duplicates, upsert
from src.season_flag import is_in_season
from src.settings import Settings


def run(settings: Settings, today: datetime.date) -> None:
    """Writes a prediction for each game of the feature table, unless there is a reason not to."""
    connection = connect(settings)
    try:
        if not is_in_season(connection):
            return
        games = load_features(connection)
        if not games:
            logging.warning("silver.ml_game_features is empty, no games to predict today")
            return
        if not are_todays(games, today):
            return
        predictions = [predict(game) for game in games]
        refuse_duplicates(predictions)
        upsert(connection, settings.predictions_schema, predictions)
        print(f"Predicted {len(predictions)} games of {today.isoformat()}")
    finally:
        connection.close()


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="[%(levelname)s] %(asctime)s %(message)s")
    logging.info("Starting the ML pipeline")
    try:
        run(Settings.from_environment(), datetime.datetime.now(datetime.timezone.utc).date())
    except DuplicatePredictions as error:
        logging.error("%s", error)
        sys.exit(1)


if __name__ == "__main__":
    main()
