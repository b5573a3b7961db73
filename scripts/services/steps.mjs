const TICK_MS = 200;

/** @param {number} ms @returns {string} "0.4 s", "12.3 s", "2 min 05 s" */
export function formatDuration(ms) {
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
}

/**
 * One line of progress: glyph, title, time and what there is to add.
 * @param {{ glyph: string, title: string, ms: number, detail?: string }} step
 * @returns {string}
 */
export function formatStep({ glyph, title, ms, detail }) {
  const line = `${glyph} ${title.padEnd(34)} ${formatDuration(ms).padStart(12)}`;
  return detail ? `${line}   ${detail}` : line;
}

/**
 * Tells a person how far a start has come: one line a step, with its time. On a terminal the running
 * step's line counts the seconds; elsewhere only finished steps are printed.
 * @param {{ stream?: NodeJS.WriteStream, now?: () => number }} [options]
 */
export function createSteps({ stream = process.stdout, now = () => performance.now() } = {}) {
  const live = stream.isTTY === true && !process.env.CI;

  /** @param {string} line */
  const write = (line) => stream.write(`${live ? "\r\x1b[2K" : ""}${line}\n`);

  /**
   * @template T
   * @param {string} title
   * @param {(detail: (text: string) => void) => Promise<T> | T} work `detail` adds a word to the step's line
   * @returns {Promise<T>}
   */
  async function step(title, work) {
    const startedAt = now();
    let detail = "";
    const show = () => {
      const line = formatStep({ glyph: "·", title, ms: now() - startedAt, detail });
      stream.write(`\r\x1b[2K${line.slice(0, (stream.columns || 80) - 1)}`);
    };
    const timer = live ? setInterval(show, TICK_MS) : undefined;
    if (live) show();
    try {
      const result = await work((text) => {
        detail = text;
      });
      write(formatStep({ glyph: "✓", title, ms: now() - startedAt, detail }));
      return result;
    } catch (error) {
      write(formatStep({ glyph: "✗", title, ms: now() - startedAt, detail }));
      throw error;
    } finally {
      clearInterval(timer);
    }
  }

  return { step, say: write };
}
