import { defineRoute } from "@/app/api/define-route";
import { auditCsv } from "@/lib/audit/audit-csv";
import { walkAudit } from "@/lib/audit/list-audit";
import { auditFilterSchema } from "@/lib/contracts/audit";
import { textStream } from "@/lib/http/text-stream";

export const dynamic = "force-dynamic";

/** All entries that the same filters show, as a file. */
export const GET = defineRoute({
  permission: "audit",
  query: auditFilterSchema,
  handle: async ({ server, query }) =>
    new Response(textStream(auditCsv(walkAudit(server.db, query))), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="audit.csv"`,
        "x-content-type-options": "nosniff",
        "cache-control": "no-store",
      },
    }),
});
