import type { Actor } from "@/lib/auth/permissions";
import { ROLE_PERMISSIONS, type Role } from "@/lib/contracts/roles";

/** Somebody who acts in a test, in no database. */
export function testActor(name = "op", role: Role = "admin"): Actor {
  return {
    name,
    personId: null,
    tokenId: null,
    sessionId: null,
    role,
    permissions: ROLE_PERMISSIONS[role],
    address: "127.0.0.1",
    userAgent: "test",
  };
}
