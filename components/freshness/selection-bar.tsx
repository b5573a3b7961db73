import { ActButton } from "@/components/shell/act-button";
import type { DateSummary } from "@/lib/contracts/coverage";
import type { GameDate } from "@/lib/game-date";
import type { SelectionAction } from "./date-selection";
import { countText } from "./day-label";
import { lacksData } from "./order-attention";
import classes from "./selection-bar.module.css";

type SelectionBarProps = {
  dates: DateSummary[];
  selected: ReadonlySet<GameDate>;
  select: (action: SelectionAction) => void;
  onBackfill: (dates: GameDate[]) => void;
};

/** Floats over the page while dates are selected: what to do with them, and how to choose better. */
export function SelectionBar({ dates, selected, select, onBackfill }: SelectionBarProps) {
  if (selected.size === 0) return null;
  const chosen = dates.filter((summary) => selected.has(summary.date));
  const lacking = chosen.filter(lacksData);
  const others = (["missing", "partial"] as const).map((state) => ({
    state,
    dates: dates.filter((summary) => summary.state === state).map((summary) => summary.date),
  }));
  const label = `Backfill ${countText(chosen.length, "date")}…`;
  return (
    <section className={classes.bar} aria-label="Selected dates">
      <b role="status">{countText(chosen.length, "date")} selected</b>
      <div className={classes.choices}>
        {lacking.length > 0 && lacking.length < chosen.length && (
          <button
            type="button"
            className={classes.choice}
            onClick={() => select({ type: "only", dates: lacking.map((summary) => summary.date) })}
          >
            Keep the {lacking.length} that lack data
          </button>
        )}
        {others.map(
          ({ state, dates: all }) =>
            all.length > 0 &&
            !all.every((date) => selected.has(date)) && (
              <button
                key={state}
                type="button"
                className={classes.choice}
                onClick={() =>
                  select({ type: "only", dates: [...new Set([...selected, ...all])].toSorted() })
                }
              >
                Add all {all.length} {state}
              </button>
            ),
        )}
      </div>
      <button
        type="button"
        className={`${classes.choice} ${classes.clear}`}
        onClick={() => select({ type: "clear" })}
      >
        Clear <kbd className={classes.key}>Esc</kbd>
      </button>
      <ActButton
        needs="run"
        onClick={() => onBackfill(chosen.map((summary) => summary.date))}
        className={classes.act}
      >
        {label}
      </ActButton>
    </section>
  );
}
