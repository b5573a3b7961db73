"""Backfills one game date: its box scores, then the plays of the same games, into bronze."""

import argparse
import datetime

from src import box_scores, plays
from src.database import connect
from src.feature_flags import load_feature_flags
from src.job_log import start_job_log
from src.settings import Settings
from src.slack import announce
from src.stats_source import StatsSource
from src.upsert import upsert


def game_date(text: str) -> str:
    """A date argument as YYYY-MM-DD; raises ValueError, which argparse reports, for anything else."""
    if datetime.date.fromisoformat(text).isoformat() != text:
        raise ValueError(text)
    return text


def backfill(run_date: str, settings: Settings) -> None:
    """Writes what the source has of a date; each table in a transaction of its own."""
    source = StatsSource(settings.stats_source_url, settings.pause_seconds)
    connection = connect(settings)
    try:
        flags = load_feature_flags(connection)
        games = box_scores.get_boxscores_data(source, flags, run_date)
        rows = box_scores.rows_of(games, run_date)
        upsert(connection, settings.schema, box_scores.TABLE, rows)
        play_rows = plays.get_pbp_data(source, flags, games, run_date)
        upsert(connection, settings.schema, plays.TABLE, play_rows)
    finally:
        connection.close()
    announce(settings, f"Backfill for {run_date}: {len(rows)} box scores, {len(play_rows)} plays")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run_date", required=True, type=game_date, help="game date, YYYY-MM-DD")
    run_date = parser.parse_args().run_date
    start_job_log()
    print(f"Running Backfill for {run_date}")
    backfill(run_date, Settings.from_environment())
    print(f"Backfill for {run_date} complete")


if __name__ == "__main__":
    main()
