"""The statistics site that box scores and plays are read from."""

import json
import time
import urllib.parse
import urllib.request

TIMEOUT_SECONDS = 20

# The source is on this machine: a proxy of the environment could not reach it.
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class StatsSource:
    """Fetches pages one after another, with a polite pause between requests."""

    def __init__(self, base_url: str, pause_seconds: float):
        self._base_url = base_url
        self._pause_seconds = pause_seconds
        self._asked_before = False

    def box_scores(self, date: str) -> dict:
        """The page of a date. Raises OSError (urllib's URLError and HTTPError) when it cannot be had."""
        return self._page("/boxscores", date=date)

    def plays(self, date: str, home: str) -> list[dict]:
        """The scoring plays of a home team's game. Raises as box_scores does."""
        return self._page("/pbp", date=date, home=home)["plays"]

    def _page(self, path: str, **query: str) -> dict:
        if self._asked_before:
            time.sleep(self._pause_seconds)
        self._asked_before = True
        url = f"{self._base_url}{path}?{urllib.parse.urlencode(query)}"
        with OPENER.open(url, timeout=TIMEOUT_SECONDS) as answer:
            return json.load(answer)
