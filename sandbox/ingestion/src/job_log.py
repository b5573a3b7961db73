"""Logging as `[LEVEL] time message`, on stderr and in a file under logs/."""

import functools
import logging
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def start_job_log() -> None:
    """Raises FileNotFoundError where the working directory has no logs/ folder, as the real program does."""
    logging.basicConfig(
        level=logging.INFO,
        format="[%(levelname)s] %(asctime)s %(message)s",
        handlers=[
            logging.StreamHandler(),
            logging.FileHandler(time.strftime("logs/%Y-%m-%d_backfill.log", time.gmtime())),
        ],
    )


def timed(function: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """Logs how long each call of the function took."""

    @functools.wraps(function)
    def wrapper(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        started = time.monotonic()
        try:
            return function(*args, **kwargs)
        finally:
            logging.info("%s took %.2f seconds", function.__name__, time.monotonic() - started)

    return wrapper
