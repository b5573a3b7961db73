"use client";

import type { DbtNode, DbtUsualTimes } from "@/lib/contracts/dbt";
import classes from "./model-row.module.css";
import { nodeSecondsText } from "./order-node-results";
import { type Reach, reachOf, sameReach, selectorWords } from "./selection";

/** The `+` that are offered at once; a number of levels is set on the chip. */
const REACHES = [
  { before: null, after: 0, text: "+x" },
  { before: 0, after: null, text: "x+" },
  { before: null, after: null, text: "+x+" },
] as const;
const ALONE: Reach = { before: 0, after: 0 };

type ModelRowProps = {
  node: DbtNode;
  usual: DbtUsualTimes | undefined;
  selection: readonly string[];
  inBuild: boolean;
  /** Whether Tab comes to this row. */
  isStop: boolean;
  onFocus: () => void;
  onToggle: (reach: Reach) => void;
};

/** A model, whether it is built by the selection, and how to take it: alone, with what is before, after, both. */
export function ModelRow({ node, usual, selection, inBuild, isStop, onFocus, onToggle }: ModelRowProps) {
  const reach = reachOf(selection, node.name);
  const tabIndex = isStop ? 0 : -1;
  const seconds = usual?.normal?.medianSeconds ?? usual?.fullRefresh?.medianSeconds ?? null;
  return (
    <tr
      data-model
      className={classes.row}
      data-chosen={reach !== null || undefined}
      data-built={inBuild || undefined}
      onFocus={onFocus}
    >
      <td className={classes.cell}>
        <button
          type="button"
          className={classes.name}
          tabIndex={tabIndex}
          title={node.description || node.file}
          aria-pressed={reach !== null}
          onClick={() => onToggle(reach ?? ALONE)}
        >
          <span className={classes.mark} aria-hidden />
          <span className={classes.word}>{node.name}</span>
          {inBuild && <span className={classes.hidden}>, is built</span>}
        </button>
      </td>
      <td className={classes.facts}>{factsText(node, seconds)}</td>
      <td className={classes.reaches}>
        {REACHES.map(({ text, ...offered }) => (
          <button
            key={text}
            type="button"
            className={classes.reach}
            tabIndex={-1}
            aria-label={selectorWords({ name: node.name, ...offered })}
            aria-pressed={sameReach(reach, offered)}
            title={selectorWords({ name: node.name, ...offered })}
            onClick={() => onToggle(offered)}
          >
            {text}
          </button>
        ))}
      </td>
    </tr>
  );
}

function factsText({ materialized, type }: DbtNode, seconds: number | null): string {
  return [
    type === "model" ? materialized : type.replace("_", " "),
    seconds === null ? null : nodeSecondsText(seconds),
  ]
    .filter(Boolean)
    .join(" · ");
}
