import { RelativeTime } from "@/components/shell/relative-time";
import type { DbtReceipt } from "@/lib/contracts/run-kinds/dbt";
import { SidePanel } from "../side-panel";
import classes from "./dbt-gold.module.css";

type GoldTable = DbtReceipt["gold"][number];

/** Gold's tables that the build was to make: rows before and after, and when they were last built. */
export function DbtGold({ receipt }: { receipt: DbtReceipt }) {
  const { gold, after } = receipt;
  if (gold.length === 0) return null;
  const rebuilt = gold.filter(isRebuilt).length;
  return (
    <SidePanel
      title="Gold tables"
      end={
        <span className={classes.count}>
          {after === null ? "not measured" : `${rebuilt} of ${gold.length} built anew`}
        </span>
      }
    >
      <div className={classes.frame}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Table</th>
              <th scope="col" className={classes.end}>
                Rows
              </th>
              <th scope="col">Built</th>
            </tr>
          </thead>
          <tbody>
            {gold
              .toSorted((a, b) => Number(isRebuilt(a)) - Number(isRebuilt(b)))
              .map((table) => (
                <tr key={table.table}>
                  <th scope="row" title={table.table}>
                    {table.table.replace(/^gold\./, "")}
                  </th>
                  <td className={classes.end}>
                    <Rows {...table} />
                  </td>
                  <td className={classes.built}>
                    <Built {...table} />
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      </div>
    </SidePanel>
  );
}

function Rows({ rowsBefore, rowsAfter }: GoldTable) {
  if (rowsAfter === null) return <span className={classes.none}>–</span>;
  const change = rowsBefore === null ? 0 : rowsAfter - rowsBefore;
  return (
    <>
      {change !== 0 && (
        <span className={change > 0 ? classes.more : classes.fewer}>
          {change > 0 ? "+" : "−"}
          {Math.abs(change).toLocaleString("en-US")}{" "}
        </span>
      )}
      {rowsAfter.toLocaleString("en-US")}
    </>
  );
}

/** Tables without a build time, and views, cannot tell. */
function Built(table: GoldTable) {
  if (table.builtAfter === null) return <span className={classes.none}>not told</span>;
  if (isRebuilt(table)) return <span className={classes.fresh}>✓ now</span>;
  return <RelativeTime at={table.builtAfter} className={classes.old} />;
}

function isRebuilt({ builtBefore, builtAfter }: GoldTable): boolean {
  return builtAfter !== null && (builtBefore === null || builtAfter > builtBefore);
}
