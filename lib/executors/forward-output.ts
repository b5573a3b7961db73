import type { Readable } from "node:stream";
import type { OutputSink } from "./executor-types";

/** Hands a program's output to `output` as fast as that takes it; resolves at its end. */
export async function forwardOutput(
  stream: Readable,
  channel: "stdout" | "stderr",
  output: OutputSink,
): Promise<void> {
  try {
    for await (const bytes of stream) await output(channel, bytes as Uint8Array);
  } catch (error) {
    // A pipe torn by SIGKILL ends the output; the program's end says the rest.
    if (!isStreamTorn(error)) throw error;
  }
}

function isStreamTorn(error: unknown): boolean {
  return (
    error instanceof Error &&
    "code" in error &&
    ["ERR_STREAM_PREMATURE_CLOSE", "EPIPE", "ECONNRESET"].includes(String(error.code))
  );
}
