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
