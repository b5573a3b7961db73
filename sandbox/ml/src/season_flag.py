"""The switch in gold.feature_flags that turns predicting on and off."""

import logging

from src.database import read_rows


def is_in_season(connection) -> bool:
    """False, and said so, when the flag is 0 or has no row: the program then has nothing to do."""
    flags = {
        row["flag"]: row["is_enabled"]
        for row in read_rows(connection, "select flag, is_enabled from gold.feature_flags")
    }
    logging.info("Retrieving %d Feature Flags", len(flags))
    if "season" not in flags:
        logging.warning("Feature Flag season is missing in gold.feature_flags, not predicting")
        return False
    if flags["season"] != 1:
        logging.info("Feature Flag season is disabled, not predicting")
        return False
    return True
