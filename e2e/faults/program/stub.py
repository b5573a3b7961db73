"""Stands in a pipeline program's place and behaves as the plan for its last argument says.

Beside it: plans/NAME.json, release/NAME (ends a hold), and journal, one line for each
`start|overlap|end time runId pid how lines`. A lock on the kind's file is held by every process it
forks, so that two of one kind at once betray themselves, orphans included.
"""
import base64
import fcntl
import json
import os
import signal
import sys
import time

FOLDER = os.path.dirname(os.path.abspath(__file__))
NAME = sys.argv[-1] if len(sys.argv) > 1 else "ml"
KIND = "ingestion" if len(sys.argv) > 1 else "ml"
RUN = os.environ.get("BACKCOURT_RUN_ID", "none")
written = 0


def note(what, how="-"):
    line = f"{what} {time.time():.3f} {RUN} {os.getpid()} {how} {written}\n"
    journal = os.open(os.path.join(FOLDER, "journal"), os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(journal, line.encode())
    os.close(journal)


def read_plan():
    for name in (NAME, "default"):
        try:
            with open(os.path.join(FOLDER, "plans", f"{name}.json"), encoding="utf8") as file:
                return json.load(file)
        except FileNotFoundError:
            continue
    return {}


def write(data):
    """False once nobody reads any more; the program goes on then, as the worst ones do."""
    while data:
        try:
            data = data[os.write(1, data) :]
        except BrokenPipeError:
            return False
    return True


def write_lines(count, every):
    global written
    for _ in range(count):
        written += 1
        if not write(f"line {written}\n".encode()):
            written -= 1
            return
        if every:
            time.sleep(every)


def hold(every):
    """Until released, with a numbered line now and then where the plan wants some."""
    while not os.path.exists(os.path.join(FOLDER, "release", NAME)):
        if every:
            write_lines(1, every)
        else:
            time.sleep(0.02)


def leave_the_group():
    """A grandchild in a session of its own that holds the output open and obeys nothing but SIGKILL."""
    if os.fork() == 0:
        os.setsid()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        time.sleep(3600)
        os._exit(0)


def obey(number, _frame):
    note("end", signal.Signals(number).name)
    os._exit(128 + number)


plan = read_plan()
for number in (signal.SIGINT, signal.SIGTERM):
    signal.signal(number, signal.SIG_IGN if plan.get("ignoreSignals") else obey)
lock = os.open(os.path.join(FOLDER, f"lock-{KIND}"), os.O_RDWR | os.O_CREAT)
try:
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
except BlockingIOError:
    note("overlap")
note("start")
if plan.get("setsid"):
    leave_the_group()
write_lines(plan.get("lines", 3), plan.get("everySeconds", 0))
if "base64" in plan:
    write(base64.b64decode(plan["base64"]))
if "longLineBytes" in plan:
    for _ in range(plan["longLineBytes"] // 1_000_000):
        write(b"x" * 1_000_000)
    write(b"\n")
if "floodBytes" in plan:
    block = (b"y" * 99 + b"\n") * 10_000
    for _ in range(plan["floodBytes"] // len(block)):
        write(block)
if plan.get("hold"):
    hold(plan.get("holdEverySeconds", 0))
write_lines(plan.get("linesAfter", 0), 0)
time.sleep(plan.get("sleepSeconds", 0))
if "signal" in plan:
    note("end", plan["signal"])
    number = getattr(signal, plan["signal"])
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
note("end", f"exit-{plan.get('exit', 0)}")
os._exit(plan.get("exit", 0))
