/** Every timing of runs, logs and streams, in milliseconds, with its reason. */
export const TUNABLES = {
  /** A claim holds this long without a heartbeat; a dead worker's run is settled within 60 s. */
  leaseMs: 30_000,
  /** Many heartbeats fit into a lease; each also sees a cancel that Redis did not deliver. */
  heartbeatMs: 2_000,
  /** Lost runs are left alone until the database has answered for so long: their workers may be back with it. */
  databaseBackMs: 8_000,
  /** A lost run is settled by a worker on its program's machine; after this, by any. */
  otherHostMs: 12_000,
  /** What settling may wait for the warehouse: its sessions' end, then a measurement. */
  settleSessionsMs: 5_000,
  settleMeasureMs: 8_000,
  /** How often a worker looks for runs that have waited too long. */
  overdueLookMs: 60_000,
  /** A supervisor hears so often that its worker lives, and takes it for lost after as long as a lease. */
  supervisorWordMs: 2_000,
  /** After a preview a supervisor waits so long for the order: the time to read a dialog. */
  supervisorReadyMs: 60_000,
  /** How often a worker looks for queued runs that may start, lost leases and cancels, with or without Redis. */
  lookOutMs: 1_000,
  /** A doorbell that was rung is given this long before it is rung again. */
  ringAgainMs: 5_000,
  /** A worker not heard of for this long counts as absent. */
  workerAbsentMs: 15_000,
  /** Between SIGINT, SIGTERM and SIGKILL: three steps within the promised 10 s. */
  stopStepMs: 3_000,
  /** A line that follows another waits at most so long for company before it is stored: half a frame. */
  logFlushMs: 12,
  /** A database that has not taken a batch for so long counts as away. */
  logPatienceMs: 1_000,
  /** While the database is away, a line is on disk so soon: what a worker that dies then can lose. */
  logSpillMs: 50,
  /** Progress is stored and shown at most this often. */
  progressMs: 400,
  /** After a run the warehouse may still be locked by another writer: measure again until then. */
  measureDeadlineMs: 20_000,
  /** A restart looks at ECS this often: its calls are rationed, and a task takes seconds to come up. */
  restartEcsMs: 2_000,
  /** A restart asks the page this often: the time without a serving task is right to about so much. */
  restartPageMs: 500,
  /** A stream without Redis, or whose database is away, looks for news this often. */
  streamPollMs: 1_000,
  /** With Redis it looks so long after the last news: a wake-up call may have been lost. */
  streamLookMs: 5_000,
  /** News of a log are this far apart for each of its readers: 500 of them are told seven times a second. */
  streamGapMsPerReader: 0.3,
  /** A comment line on a silent stream, so that proxies keep it open. */
  streamHeartbeatMs: 15_000,
  /** Whoever reads a stream is asked for again this often: out within 30 s of losing their session. */
  streamStandingMs: 12_000,
  /** Runs and logs that are kept no longer are looked for so often, and removed with a rest between batches. */
  pruneEveryMs: 15 * 60_000,
  pruneRestMs: 100,
} as const;

/** What a run's log may hold; beyond it the log says that it was cut. */
export const LOG_LIMITS = {
  lines: 200_000,
  bytes: 64 * 1024 * 1024,
  /** Characters shown of one line. */
  lineLength: 16 * 1024,
  /** Characters read beyond the cut, so that a secret that straddles it is still recognised. */
  lineOverlap: 8 * 1024,
  /** What is stored at once: a reader's page is made of whole batches. */
  batchLines: 500,
  batchBytes: 256 * 1024,
  /** What a reader is given at once. */
  pageBytes: 1024 * 1024,
  /** Unstored lines of a run beyond this wait on disk. */
  memoryBytes: 2 * 1024 * 1024,
} as const;
