import { describe, expect, it } from "vitest";
import { agentText } from "./agent-words";

const CASES: [userAgent: string | null, text: string][] = [
  [null, "unknown browser"],
  [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Firefox on macOS",
  ],
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0",
    "Edge on Windows",
  ],
  [
    "Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
    "Chrome on Android",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1",
    "Safari on iPhone",
  ],
  ["curl/8.14.1", "curl"],
  ["node", "node"],
  ["x".repeat(70), `${"x".repeat(60)}…`],
];

describe("what a browser is called", () => {
  it.each(CASES)("%s", (userAgent, text) => expect(agentText(userAgent)).toBe(text));
});
