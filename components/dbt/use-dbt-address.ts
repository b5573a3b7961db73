import { useQueryStates } from "nuqs";
import { DBT_ADDRESS_PARSERS } from "./dbt-address";

/** What is chosen on the page and searched for, kept in the address so that it can be sent. */
export function useDbtAddress() {
  const [{ select, full, q }, set] = useQueryStates(DBT_ADDRESS_PARSERS, {
    history: "replace",
    scroll: false,
  });
  return {
    build: { select, fullRefresh: full },
    search: q,
    setSelection: (next: string[]) => void set({ select: next }),
    setFullRefresh: (next: boolean) => void set({ full: next }),
    setBuild: (next: { select: readonly string[]; fullRefresh: boolean }) =>
      void set({ select: [...next.select], full: next.fullRefresh }),
    setSearch: (next: string) => void set({ q: next }),
  };
}
