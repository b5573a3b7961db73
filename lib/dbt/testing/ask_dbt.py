"""What dbt itself answers to selections, from one process and one parsed manifest; no warehouse is asked.

Reads a JSON list of selections (lists of selectors) from stdin and writes answers.json beside dbt's target:
[{"listed": [ids of `dbt ls`], "started": [ids in the order of a build]}]
Arguments: the project's folder, its profiles' folder, and where target, logs and answers may go.
"""

import json
import os
import sys

project, profiles, scratch = sys.argv[1:]
selections = json.load(sys.stdin)
os.environ["DBT_TARGET_PATH"] = os.path.join(scratch, "target")
os.environ["DBT_LOG_PATH"] = os.path.join(scratch, "logs")
os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"

from dbt.cli.main import dbtRunner  # noqa: E402
from dbt.task.build import BuildTask  # noqa: E402

PLACE = ["--quiet", "--project-dir", project, "--profiles-dir", profiles]
# What a build has a runner for, except what its runner passes over (exposures, saved queries).
TYPES = ["model", "snapshot", "seed", "test", "unit_test", "function"]
started: list[str] = []


def plan_only(task: BuildTask):
    """Stands in for a build: hands out its queue as one thread would, and runs nothing."""
    task._runtime_initialize()
    queue = task.job_queue
    while not queue.empty():
        node = queue.get()
        started.extend(sorted(task.model_to_unit_test_map.get(node.unique_id, [])))
        if not node.is_ephemeral_model and str(node.resource_type) in TYPES:
            started.append(node.unique_id)
        queue.mark_done(node.unique_id)


BuildTask.run = plan_only
BuildTask.interpret_results = lambda *_: True


def invoke(runner: dbtRunner, arguments: list[str]):
    answer = runner.invoke(arguments)
    if answer.exception:
        raise answer.exception
    return answer.result


def answer_for(runner: dbtRunner, selectors: list[str]):
    select = ["--select", *selectors] if selectors else []
    types = [part for kind in TYPES for part in ("--resource-type", kind)]
    lines = invoke(runner, ["ls", *PLACE, *types, "--output", "json", "--output-keys", "unique_id", *select])
    started.clear()
    invoke(runner, ["build", *PLACE, *select])
    return {"listed": [json.loads(line)["unique_id"] for line in lines], "started": list(started)}


manifest = invoke(dbtRunner(), ["parse", *PLACE])
runner = dbtRunner(manifest=manifest)
answers = [answer_for(runner, selectors) for selectors in selections]
with open(os.path.join(scratch, "answers.json"), "w", encoding="utf-8") as file:
    json.dump(answers, file)
