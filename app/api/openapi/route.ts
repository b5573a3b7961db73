import { defineRoute } from "@/app/api/define-route";
import { openApiDocument } from "@/lib/openapi/openapi-document";
import { API_ROUTES } from "./api-routes";

export const dynamic = "force-dynamic";

/** The whole interface as OpenAPI 3.1. */
export const GET = defineRoute({
  permission: "look",
  handle: async ({ server }) => openApiDocument(API_ROUTES, { server: server.publicUrl }),
});
