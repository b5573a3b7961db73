import type { ReactNode } from "react";
import classes from "./choice-group.module.css";

type ChoiceGroupProps<Value> = {
  /** What is chosen, for those who do not see the buttons. */
  legend: string;
  choices: readonly { value: Value; label: string; count?: number }[];
  chosen: Value;
  onChoose: (value: Value) => void;
  /** In a panel's head, beside its title: smaller, and as wide as its choices on a phone too. */
  inPanel?: boolean;
};

/** A few choices of which one holds, as buttons side by side. */
export function ChoiceGroup<Value extends string | null>({
  legend,
  choices,
  chosen,
  onChoose,
  inPanel = false,
}: ChoiceGroupProps<Value>): ReactNode {
  return (
    <fieldset className={classes.group} data-in-panel={inPanel || undefined}>
      <legend className={classes.hidden}>{legend}</legend>
      {choices.map(({ value, label, count }) => (
        <button
          key={label}
          type="button"
          className={classes.choice}
          aria-pressed={chosen === value}
          onClick={() => onChoose(value)}
        >
          {label}
          {count !== undefined && <span className={classes.count}> {count}</span>}
        </button>
      ))}
    </fieldset>
  );
}
