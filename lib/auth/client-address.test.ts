import { describe, expect, it } from "vitest";
import { clientAddress, networkOf, PEER_HEADER } from "./client-address";

const KEY = "key-of-this-process";
const PROXY = "10.0.0.1";

function addressOf(headers: Record<string, string>, trusted: string[] = []): string | null {
  return clientAddress(new Headers(headers), trusted, KEY);
}

describe("clientAddress", () => {
  it.each([
    ["the socket's", { [PEER_HEADER]: `${KEY} 203.0.113.7` }, [], "203.0.113.7"],
    ["IPv4 over IPv6 as IPv4", { [PEER_HEADER]: `${KEY} ::ffff:203.0.113.7` }, [], "203.0.113.7"],
    ["IPv6", { [PEER_HEADER]: `${KEY} 2001:DB8::1` }, [], "2001:db8::1"],
    ["nothing without a socket's", {}, [], null],
    ["nothing that a client wrote itself", { [PEER_HEADER]: "wrong 203.0.113.7" }, [], null],
    [
      "the socket's, whatever the client says",
      { [PEER_HEADER]: `${KEY} 203.0.113.7`, "x-forwarded-for": "1.2.3.4", "x-real-ip": "1.2.3.4" },
      [],
      "203.0.113.7",
    ],
    [
      "what a trusted proxy says",
      { [PEER_HEADER]: `${KEY} ${PROXY}`, "x-forwarded-for": "203.0.113.7" },
      [PROXY],
      "203.0.113.7",
    ],
    [
      "the nearest that is no proxy: what stands before it the client wrote",
      { [PEER_HEADER]: `${KEY} ${PROXY}`, "x-forwarded-for": "1.2.3.4, 203.0.113.7, 10.0.0.2" },
      [PROXY, "10.0.0.2"],
      "203.0.113.7",
    ],
    [
      "an IPv4 address whose proxy adds the port",
      { [PEER_HEADER]: `${KEY} ${PROXY}`, "x-forwarded-for": "1.2.3.4:1, 203.0.113.7:40112" },
      [PROXY],
      "203.0.113.7",
    ],
    [
      "an IPv6 address in brackets, with the port and without",
      { [PEER_HEADER]: `${KEY} ${PROXY}`, "x-forwarded-for": "[2001:DB8::1]:40112, [10.0.0.2]" },
      [PROXY, "10.0.0.2"],
      "2001:db8::1",
    ],
    [
      "an IPv6 address as it is: its end is no port",
      { [PEER_HEADER]: `${KEY} ${PROXY}`, "x-forwarded-for": "2001:db8::1:443" },
      [PROXY],
      "2001:db8::1:443",
    ],
    ["the proxy's own where it says nothing", { [PEER_HEADER]: `${KEY} ${PROXY}` }, [PROXY], PROXY],
    [
      "the proxy's own where it says nonsense",
      { [PEER_HEADER]: `${KEY} ${PROXY}`, "x-forwarded-for": "<script>" },
      [PROXY],
      PROXY,
    ],
  ])("is %s", (_, headers, trusted, address) => {
    expect(addressOf(headers as Record<string, string>, trusted)).toBe(address);
  });

  it("is nobody's word where this process names no peers", () => {
    expect(clientAddress(new Headers({ [PEER_HEADER]: "undefined 1.2.3.4" }), [], undefined)).toBeNull();
  });
});

describe("networkOf", () => {
  it.each([
    ["203.0.113.7", "203.0.113.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"],
    ["2001:0DB8::1", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["1::", "1:0:0:0::/64"],
    ["64:ff9b::192.0.2.33", "64:ff9b:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ])("%s is counted as %s", (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
