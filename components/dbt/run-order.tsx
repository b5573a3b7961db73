import type { DbtPreview } from "@/lib/contracts/run-kinds/dbt";
import classes from "./run-order.module.css";

type Props = {
  nodes: DbtPreview["nodes"];
  /** Names that the selection itself holds. */
  named?: ReadonlySet<string>;
};

/** Every model and test of a build in the order in which dbt starts them: the graph in words. */
export function RunOrder({ nodes, named }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long list is scrolled by keyboard
    <ol className={classes.list} tabIndex={0} aria-label="What runs, in order">
      {nodes.map((node, index) => (
        <li key={node.uniqueId} className={classes.node} data-named={named?.has(node.name) || undefined}>
          <span className={classes.number}>{index + 1}</span>
          <span
            className={classes.name}
            data-test={node.type.endsWith("test") || undefined}
            title={node.uniqueId}
          >
            {node.name}
          </span>
          <span className={classes.type}>{node.type.replace("_", " ")}</span>
          <span className={classes.layer}>{node.layer}</span>
        </li>
      ))}
    </ol>
  );
}
