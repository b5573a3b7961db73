import { z } from "zod";
import { defineRoute } from "@/app/api/define-route";
import { deletePreset } from "@/lib/dbt/delete-preset";

export const dynamic = "force-dynamic";

/** Removes a saved preset. */
export const DELETE = defineRoute({
  action: "dbt-preset.delete",
  params: z.object({ id: z.string() }),
  handle: ({ server, actor, params }) => deletePreset({ db: server.db, actor, id: params.id }),
});
