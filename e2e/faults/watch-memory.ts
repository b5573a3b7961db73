import { readFileSync } from "node:fs";

const SAMPLE_MS = 50;

/** Samples a process's resident memory until `stop`, which gives MB at first, at most and at last. */
export function watchMemory(pid: number): {
  stop(): { atFirstMb: number; mostMb: number; atLastMb: number };
} {
  const atFirstMb = residentMb(pid);
  let mostMb = atFirstMb;
  const timer = setInterval(() => {
    mostMb = Math.max(mostMb, residentMb(pid));
  }, SAMPLE_MS);
  return {
    stop() {
      clearInterval(timer);
      const atLastMb = residentMb(pid);
      return { atFirstMb, mostMb: Math.max(mostMb, atLastMb), atLastMb };
    },
  };
}

export function residentMb(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Math.round(Number(kilobytes) / 1_024);
}
