import { describe, expect, it } from "vitest";
import { toWarehouseError, type WarehouseFailure } from "./warehouse-error";

const SUBJECT = { tables: ["bronze.bbref_player_pbp"], role: "backcourt_reader" };

describe("toWarehouseError", () => {
  const codes: [string, WarehouseFailure][] = [
    ["57014", "slow"],
    ["55P03", "being-written"],
    ["40001", "being-written"],
    ["42501", "refused"],
    ["28P01", "refused"],
    ["3D000", "refused"],
    ["53300", "down"],
    ["57P01", "down"],
    ["08006", "down"],
    ["ECONNREFUSED", "down"],
    ["ENOTFOUND", "down"],
    ["42P01", "failed"],
    ["XX000", "failed"],
  ];
  it.each(codes)("%s is %s", (code, reason) => {
    const secret = "postgresql://user:hunter2@db.internal/warehouse";
    const error = toWarehouseError(Object.assign(new Error(`connect ${secret}`), { code }), SUBJECT);
    expect(error).toMatchObject({ reason, code: "warehouse-unavailable" });
    expect(error.message).not.toMatch(/hunter2|db\.internal/);
  });

  it.each([
    "Connection terminated unexpectedly",
    "Query read timeout",
    "timeout exceeded when trying to connect",
  ])("%s is down", (message) => {
    expect(toWarehouseError(new Error(message), SUBJECT).reason).toBe("down");
  });

  it("names the grant that is lacking", () => {
    const { message } = toWarehouseError(Object.assign(new Error("denied"), { code: "42501" }), SUBJECT);
    expect(message).toContain("GRANT USAGE ON SCHEMA bronze TO backcourt_reader");
    expect(message).toContain("GRANT SELECT ON bronze.bbref_player_pbp TO backcourt_reader");
  });

  it("is not wrapped twice", () => {
    const error = toWarehouseError(Object.assign(new Error("x"), { code: "57014" }), SUBJECT);
    expect(toWarehouseError(error, SUBJECT)).toBe(error);
  });
});
