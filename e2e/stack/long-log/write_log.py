"""Stands in for the ingestion: writes 100,000 lines, then a tick now and then for as long as `hold` lies here.

Line n of the log's own count is not line n here: the worker says first what it starts.
"""

import os
import sys
import time

LINES = 100_000
ERRORS = {300, 50_010, 99_000}
# 41 of them, each cut in two by a change of colour.
NEEDLE_EVERY = 2_439

out = sys.stdout
for line in range(1, LINES + 1):
    if line in ERRORS:
        out.write(f"[ERROR] page {line}: could not be read\n")
    elif line % NEEDLE_EVERY == 0:
        out.write(f"[INFO] page {line}: a nee\x1b[32mdle\x1b[0m in it\n")
    elif line % 53 == 0:
        out.write(f"[INFO] page {line}: " + "a long line that has to be wrapped somewhere " * 8 + "\n")
    else:
        out.write(f"[INFO] page {line}: {line * 31 % 9973} rows\n")
out.flush()

tick = 0
while os.path.exists("hold"):
    tick += 1
    out.write(f"[INFO] tick {tick}\n")
    out.flush()
    time.sleep(0.05)
