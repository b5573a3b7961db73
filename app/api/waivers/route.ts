import { defineRoute } from "@/app/api/define-route";
import { waiveGameRequestSchema } from "@/lib/contracts/coverage";
import { waiveGame } from "@/lib/waivers/waive-game";

export const dynamic = "force-dynamic";

/** Waives a game: its data will not come. */
export const POST = defineRoute({
  action: "waiver.create",
  body: waiveGameRequestSchema,
  handle: async ({ server, actor, body }) => {
    const { id } = await waiveGame({
      db: server.db,
      reader: server.coverage,
      actor,
      request: body,
    });
    await server.announce({ type: "coverage", dates: [body.date] });
    return Response.json({ id }, { status: 201 });
  },
});
