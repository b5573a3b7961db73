import { createWarehousePool } from "@/lib/warehouse/warehouse-pool";
import { createCoverageReader } from "@/lib/warehouse/coverage-reader";
const pool = createWarehousePool(process.argv[2]!);
const log: [string, number][] = [];
const timed = { ...pool, query: async (s: any, r: any) => { const t = performance.now(); try { return await pool.query(s, r); } finally { log.push([s.tables[0] + " " + s.text.replace(/\s+/g, " ").slice(0, 60), performance.now() - t]); } } };
const reader = createCoverageReader({ pool: timed as never, now: () => new Date(), listWaivers: async () => [] });
for (let i = 0; i < 40; i++) { log.length = 0; const t = performance.now(); await reader.season(process.argv[3] ?? null); console.log("total", (performance.now() - t).toFixed(1)); await reader.idle(); }
await pool.end();
