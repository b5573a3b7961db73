"""The switches in gold.feature_flags that turn parts of the ingestion on and off."""

import logging


class FeatureFlags:
    """The flags as they were when the run began."""

    def __init__(self, enabled: dict[str, bool]):
        self._enabled = enabled

    def is_enabled(self, flag: str) -> bool:
        """Raises KeyError for a flag without a row: the run ends with a traceback and exit code 1."""
        if flag not in self._enabled:
            raise KeyError(f"gold.feature_flags has no row for the flag '{flag}'")
        return self._enabled[flag]


def load_feature_flags(connection) -> FeatureFlags:
    """Reads all flags, and leaves no transaction open behind."""
    with connection.cursor() as cursor:
        cursor.execute("select flag, is_enabled from gold.feature_flags")
        enabled = {flag: is_enabled == 1 for flag, is_enabled in cursor.fetchall()}
    connection.rollback()
    logging.info("Retrieving %d Feature Flags", len(enabled))
    return FeatureFlags(enabled)
