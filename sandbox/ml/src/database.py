"""The warehouse connection, through psycopg 3 or Debian's psycopg2: the statements suit both."""

try:
    import psycopg as driver
except ImportError:
    import psycopg2 as driver

from src.settings import Settings


def connect(settings: Settings):
    """An open connection; libpq names its session by PGAPPNAME."""
    return driver.connect(
        host=settings.host,
        port=settings.port,
        dbname=settings.database,
        user=settings.user,
        password=settings.password,
        connect_timeout=10,
    )


def read_rows(connection, statement: str) -> list[dict]:
    """The rows of a statement by column name; leaves no transaction open behind."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row)) for row in cursor.fetchall()]
    connection.rollback()
    return rows
