import { parseAsString, parseAsStringLiteral } from "nuqs";
import { PEOPLE_GROUPS } from "./order-people";

/** What of the access page stands in its address, so that it can be sent. */
export const ACCESS_PARSERS = {
  q: parseAsString.withDefault("").withOptions({ throttleMs: 200 }),
  show: parseAsStringLiteral(PEOPLE_GROUPS),
  /** The person whose sheet is open. */
  person: parseAsString,
};
