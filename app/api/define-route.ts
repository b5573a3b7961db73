import { createRouteDefiner } from "@/lib/http/define-route";
import { getServer } from "./server";

/** Declares a route of this server. */
export const defineRoute = createRouteDefiner(getServer);
