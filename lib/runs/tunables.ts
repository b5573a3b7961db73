/** Every timing of runs, logs and streams, in milliseconds, with its reason. */
export const TUNABLES = {
  /** A claim holds this long without a heartbeat; a dead worker's run is settled within 60 s. */
  leaseMs: 30_000,
  /** Many heartbeats fit into a lease; each also sees a cancel that Redis did not deliver. */
  heartbeatMs: 2_000,
  /** How often a worker looks for queued runs that may start, lost leases and cancels, with or without Redis. */
  lookOutMs: 1_000,
  /** A doorbell that was rung is given this long before it is rung again. */
  ringAgainMs: 5_000,
  /** A worker not heard of for this long counts as absent. */
  workerAbsentMs: 15_000,
  /** Between SIGINT, SIGTERM and SIGKILL: three steps within the promised 10 s. */
  stopStepMs: 3_000,
  /** Lines wait this long for company before they are written: half a frame. */
  logFlushMs: 12,
  /** Progress is stored and shown at most this often. */
  progressMs: 400,
  /** After a run the warehouse may still be locked by another writer: measure again until then. */
  measureDeadlineMs: 20_000,
  /** A restart looks at ECS this often: its calls are rationed, and a task takes seconds to come up. */
  restartEcsMs: 2_000,
  /** A restart asks the page this often: the time without a serving task is right to about so much. */
  restartPageMs: 500,
  /** A stream without Redis looks for news this often. */
  streamPollMs: 1_000,
  /** A comment line on a silent stream, so that proxies keep it open. */
  streamHeartbeatMs: 15_000,
} as const;

/** What a run's log may hold; beyond it the log says that it was cut. */
export const LOG_LIMITS = {
  lines: 200_000,
  bytes: 64 * 1024 * 1024,
  /** Characters shown of one line. */
  lineLength: 16 * 1024,
  /** Characters read beyond the cut, so that a secret that straddles it is still recognised. */
  lineOverlap: 1024,
  batchLines: 500,
  /** Above this many unstored lines the program's output is not read, until half of them are stored. */
  maxBacklog: 5_000,
} as const;
