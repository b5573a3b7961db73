import { defineRoute } from "@/app/api/define-route";
import { PREDICTION_COLUMNS, predictionsCsvRequestSchema } from "@/lib/contracts/predictions";
import { predictionsCsv } from "@/lib/predictions/predictions-csv";

export const dynamic = "force-dynamic";

/** The page of predictions that the same filters show, as a file. */
export const GET = defineRoute({
  permission: "look",
  query: predictionsCsvRequestSchema,
  handle: async ({ server, query: { columns, ...request } }) => {
    const { rows, today } = await server.predictions.page(request);
    return new Response(predictionsCsv(rows, columns ?? PREDICTION_COLUMNS), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="predictions-${request.date ?? today}-page-${request.page}.csv"`,
        "x-content-type-options": "nosniff",
        "cache-control": "no-store",
      },
    });
  },
});
