/**
 * How Node runs the worker: it waits nearly all day, and V8 would keep the memory that its start took. `npm run
 * worker` names the same ones.
 */
export const WORKER_FLAGS = ["--max-semi-space-size=2", "--optimize-for-size"];
