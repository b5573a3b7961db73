import { describe, expect, it } from "vitest";
import { assertSameOrigin, assertTrustedHost } from "./request-origin";

const PUBLIC_URL = "https://backcourt.example.org";
const OURS = ["backcourt.example.org"];
const from = (headers: Record<string, string>) => ({ headers: new Headers(headers) });

describe("a request's host", () => {
  it.each<Record<string, string>>([
    { host: "localhost:3000" },
    { host: "127.0.0.1:41234" },
    { host: "[::1]:3000" },
    { host: "backcourt.example.org" },
    { host: "Backcourt.Example.org:443" },
    { host: "127.0.0.1:3000", "x-forwarded-host": "backcourt.example.org" },
  ])("is ours: %j", (headers) => {
    expect(() => assertTrustedHost(from(headers), OURS)).not.toThrow();
  });

  it.each<Record<string, string>>([
    {},
    { host: "" },
    { host: "evil.example" },
    { host: "backcourt.example.org.evil.example" },
    { host: "evil.example:3000" },
    { host: "localhost:3000", "x-forwarded-host": "evil.example" },
    { host: "localhost:3000", "x-forwarded-host": "localhost, evil.example" },
  ])("is not: %j", (headers) => {
    expect(() => assertTrustedHost(from(headers), OURS)).toThrow("host name");
  });
});

describe("a change's origin", () => {
  it.each<Record<string, string>>([
    { host: "backcourt.example.org", origin: PUBLIC_URL },
    // A proxy that names its own host to us.
    { host: "10.0.0.7:3000", origin: PUBLIC_URL },
  ])("is one of our pages: %j", (headers) => {
    expect(() => assertSameOrigin(from(headers), PUBLIC_URL)).not.toThrow();
  });

  it.each<Record<string, string>>([
    { host: "backcourt.example.org" },
    { host: "backcourt.example.org", origin: "null" },
    { host: "backcourt.example.org", origin: "" },
    { host: "backcourt.example.org", origin: "https://evil.example" },
    { host: "backcourt.example.org", origin: "http://backcourt.example.org" },
    { host: "backcourt.example.org", origin: "https://backcourt.example.org:8443" },
    { host: "backcourt.example.org", origin: "https://backcourt.example.org.evil.example" },
    { host: "backcourt.example.org", origin: "file://" },
  ])("is another's, or nobody's: %j", (headers) => {
    expect(() => assertSameOrigin(from(headers), PUBLIC_URL)).toThrow("own pages only");
  });
});
