import { defineRoute } from "@/app/api/define-route";
import { createDbtPresetRequestSchema } from "@/lib/contracts/dbt";
import { createPreset } from "@/lib/dbt/create-preset";

export const dynamic = "force-dynamic";

/** Saves a selection under a name. */
export const POST = defineRoute({
  action: "dbt-preset.create",
  body: createDbtPresetRequestSchema,
  handle: async ({ server, actor, body }) => {
    const preset = await createPreset({ db: server.db, actor, request: body });
    return Response.json(preset, { status: 201 });
  },
});
