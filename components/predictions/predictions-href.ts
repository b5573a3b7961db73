import type { Finding } from "@/lib/contracts/predictions";

/** The address of the table's rows under a filter, for links into the page. */
export function predictionsHref(filter: { team?: string; date?: string; finding?: Finding }): string {
  const search = new URLSearchParams();
  for (const name of ["team", "date", "finding"] as const) {
    const value = filter[name];
    if (value) search.set(name, value);
  }
  return `/predictions${search.size > 0 ? `?${search}` : ""}#rows`;
}
