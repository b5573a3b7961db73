import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { WORKER_FLAGS } from "./worker-flags.mjs";

it("npm run worker runs the worker as the demo and the tests do", () => {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));
  expect(scripts.worker).toBe(`node ${WORKER_FLAGS.join(" ")} dist/worker.mjs`);
});
