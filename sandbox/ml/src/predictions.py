"""Writes predictions, new ones and changed ones alike, in one transaction."""

import collections
import datetime
import json
import logging

TABLE = "ml_game_predictions"
KEY = ("home_team", "game_date")
# Set when a row is inserted, and never again.
STAMPS = ("created_at", "modified_at")


class DuplicatePredictions(Exception):
    """The same home team and date twice: the upsert could not tell the two apart."""


def refuse_duplicates(rows: list[dict]) -> None:
    """Raises DuplicatePredictions naming the games."""
    counts = collections.Counter(tuple(str(row[column]) for column in KEY) for row in rows)
    repeated = [" ".join(key) for key, count in counts.items() if count > 1]
    if repeated:
        raise DuplicatePredictions(f"Duplicate rows in the predictions: {', '.join(repeated)}")


def upsert(connection, schema: str, rows: list[dict]) -> None:
    """Known games get new values in every column but the stamps; columns the table lacks are left out."""
    target = f'"{schema}"."{TABLE}"'
    moment = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None).isoformat(sep=" ")
    stamped = [{**row, **dict.fromkeys(STAMPS, moment)} for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(f"select * from {target} limit 0")
        known = [column[0] for column in cursor.description]
        columns = [name for name in known if name in stamped[0]]
        names = ", ".join(columns)
        changes = ", ".join(
            f"{name} = excluded.{name}" for name in columns if name not in KEY and name not in STAMPS
        )
        cursor.execute(
            f"insert into {target} ({names}) "
            f"select {names} from json_populate_recordset(null::{target}, %s::json) "
            f"on conflict ({', '.join(KEY)}) do update set {changes}",
            (json.dumps(stamped, default=str),),
        )
    connection.commit()
    logging.info("Upserted %d predictions into %s.%s", len(rows), schema, TABLE)
