import { defineRoute } from "@/app/api/define-route";
import { listAuditPeople } from "@/lib/audit/list-audit";

export const dynamic = "force-dynamic";

/** The people by whom the audit can be filtered. */
export const GET = defineRoute({
  permission: "audit",
  handle: ({ server }) => listAuditPeople(server.db),
});
