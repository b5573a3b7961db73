"""Writes rows into a bronze table, new ones and changed ones alike, in one transaction."""

import datetime
import json
import logging
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """A bronze table and the unique constraint that tells a known row from a new one."""

    name: str
    constraint: str
    key: tuple[str, ...]


def stamps() -> dict[str, str]:
    """The columns every written row carries: today's UTC date, and the moment twice."""
    now = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)
    moment = now.isoformat(sep=" ")
    return {"scrape_date": now.date().isoformat(), "created_at": moment, "modified_at": moment}


def upsert(connection, schema: str, table: Table, rows: list[dict]) -> None:
    """Known rows keep their created_at and get everything else anew, the modified_at too.

    The unique constraint is dropped and added again first, which locks the table against readers
    until the commit; a reader that is slow holds this up in turn.
    """
    if not rows:
        logging.info("No rows to write into %s.%s", schema, table.name)
        return
    started = time.monotonic()
    target = f'"{schema}"."{table.name}"'
    key = ", ".join(table.key)
    columns = list(rows[0])
    names = ", ".join(columns)
    changes = ", ".join(
        f"{column} = excluded.{column}"
        for column in columns
        if column not in table.key and column != "created_at"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"create temporary table incoming (like {target}) on commit drop")
        cursor.execute(
            f"insert into incoming select row.* from json_populate_recordset(null::{target}, %s::json) row",
            (json.dumps(rows),),
        )
        cursor.execute(f"alter table {target} drop constraint if exists {table.constraint}")
        cursor.execute(f"alter table {target} add constraint {table.constraint} unique ({key})")
        cursor.execute(
            f"insert into {target} ({names}) select {names} from incoming "
            f"on conflict on constraint {table.constraint} do update set {changes}"
        )
    connection.commit()
    seconds = time.monotonic() - started
    logging.info("Upserted %d rows into %s.%s in %.2f seconds", len(rows), schema, table.name, seconds)
