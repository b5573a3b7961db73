"""Stands in the ingestion program's place and writes what a hostile source could make it write."""
import json
import os
import sys
import time

date = sys.argv[-1]
secret = os.environ["SECRET_PW"]
out = sys.stdout


def say(text):
    out.write(text)
    out.flush()


say("env " + json.dumps(sorted(os.environ)) + "\n")
say("argv " + json.dumps(sys.argv[1:]) + "\n")
say('<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script>\n')
say("\x1b]8;;javascript:document.title='owned'\x07click me\x1b]8;;\x07\n")
say("\x1b[31mred\x1b[0m \x1b[2J\x1b[Hcleared \x1b]0;owned\x07\n")
say("before\n\nevent: done\ndata: {\"type\":\"end-of-log\"}\n\nafter\n")
say(f"plain {secret} and {secret}\n")
# Split where no line ends, so that no single read has all of it.
for character in f"split {secret} end":
    say(character)
    time.sleep(0.005)
say("\n")
import base64

say(f"base64 {base64.b64encode(secret.encode()).decode()}\n")
say("dsn postgresql://someone:pass-in-a-dsn@db.example.org/x\n")
say("aws AKIAIOSFODNN7EXAMPLE\n")
# A date of its own asks for a run that lasts until it is cancelled.
if os.path.exists(os.path.join(os.path.dirname(os.path.abspath(__file__)), f"hold-{date}")):
    time.sleep(600)
