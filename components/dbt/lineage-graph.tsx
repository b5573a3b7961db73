"use client";

import "@xyflow/react/dist/base.css";
import { IconMaximize, IconMinus, IconPlus } from "@tabler/icons-react";
import { Handle, type Node, Position, ReactFlow, ReactFlowProvider, useReactFlow } from "@xyflow/react";
import { type KeyboardEvent, useEffect, useEffectEvent, useMemo } from "react";
import { PHONE, useMedia } from "@/components/shell/use-media";
import type { DbtNode } from "@/lib/contracts/dbt";
import classes from "./lineage-graph.module.css";
import { layoutLineage } from "./lineage-layout";

export type LineageGraphProps = {
  /** What is drawn. */
  nodes: readonly DbtNode[];
  /** What is built, by unique id. */
  build: ReadonlySet<string>;
  /** Names that the selection itself holds. */
  named: ReadonlySet<string>;
  /** A box of something selectable was clicked. */
  onPick: (name: string) => void;
};

type Box = Node<{ lines: string[]; built: boolean; named: boolean; selectable: boolean }, "box">;

const NODE_TYPES = { box: LineageBox };
const STEP = 60;
const MOVES: Record<string, [x: number, y: number]> = {
  ArrowLeft: [STEP, 0],
  ArrowRight: [-STEP, 0],
  ArrowUp: [0, STEP],
  ArrowDown: [0, -STEP],
};

/** The lineage of a build, from left to right; moved and zoomed by pointer, touch and keyboard. */
export function LineageGraph(props: LineageGraphProps) {
  return (
    <ReactFlowProvider>
      <Flow {...props} />
    </ReactFlowProvider>
  );
}

function Flow({ nodes, build, named, onPick }: LineageGraphProps) {
  const flow = useReactFlow<Box>();
  const phone = useMedia(PHONE);
  const still = useMedia("(prefers-reduced-motion: reduce)");
  const layout = useMemo(() => layoutLineage(nodes), [nodes]);
  const byId = useMemo(() => new Map(nodes.map((node) => [node.uniqueId, node])), [nodes]);
  const boxes = useMemo<Box[]>(
    () =>
      layout.boxes.map(({ id, lines, x, y, width, height }) => {
        const node = byId.get(id);
        return {
          id,
          type: "box",
          position: { x, y },
          width,
          height,
          data: {
            lines,
            built: build.has(id),
            named: node !== undefined && named.has(node.name) && node.selectable,
            selectable: node?.selectable ?? false,
          },
        };
      }),
    [layout, byId, build, named],
  );
  const edges = useMemo(
    () =>
      layout.edges.map((edge) => ({
        ...edge,
        className: build.has(edge.source) && build.has(edge.target) ? classes.built : classes.edge,
      })),
    [layout, build],
  );
  const duration = still ? 0 : 200;

  const chosen = boxes.filter(({ data }) => data.named);
  const fitFirst = useEffectEvent(() => {
    // Where the whole would be too small to read, what was chosen is what one comes for.
    const start = phone && chosen.length > 0 ? { nodes: chosen, minZoom: READABLE_ZOOM } : {};
    void flow.fitView({ ...FIT, ...start });
  });

  // Another layout has another place and size.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the layout is another one
  useEffect(() => {
    const frame = requestAnimationFrame(fitFirst);
    return () => cancelAnimationFrame(frame);
  }, [layout]);

  const showAll = () => void flow.fitView({ ...FIT, duration });
  const zoomIn = () => void flow.zoomIn({ duration });
  const zoomOut = () => void flow.zoomOut({ duration });

  function onKeyDown(event: KeyboardEvent) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const move = MOVES[event.key];
    if (move) {
      const { x, y, zoom } = flow.getViewport();
      void flow.setViewport({ x: x + move[0], y: y + move[1], zoom });
    } else if (event.key === "+" || event.key === "=") zoomIn();
    else if (event.key === "-") zoomOut();
    else if (event.key === "0") showAll();
    else return;
    event.preventDefault();
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing, not a set of fields
    <div
      role="group"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: moved and zoomed by keyboard
      tabIndex={0}
      className={classes.graph}
      aria-label="Lineage. Arrow keys move it, plus and minus zoom, 0 shows all; the list says the same in words"
      onKeyDown={onKeyDown}
    >
      <ReactFlow
        nodes={boxes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        onNodeClick={(_event, { id }) => {
          const node = byId.get(id);
          if (node?.selectable) onPick(node.name);
        }}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        disableKeyboardA11y
        zoomOnScroll={false}
        zoomOnDoubleClick={false}
        preventScrolling={false}
        minZoom={0.15}
        maxZoom={1.6}
        fitView
        fitViewOptions={FIT}
        proOptions={{ hideAttribution: false }}
      />
      <div className={classes.controls}>
        <button type="button" className={classes.control} aria-label="Zoom in" onClick={zoomIn}>
          <IconPlus size={14} aria-hidden />
        </button>
        <button type="button" className={classes.control} aria-label="Zoom out" onClick={zoomOut}>
          <IconMinus size={14} aria-hidden />
        </button>
        <button type="button" className={classes.control} aria-label="Show all" onClick={showAll}>
          <IconMaximize size={14} aria-hidden />
        </button>
      </div>
    </div>
  );
}

/** Not larger than the page's own type. */
const FIT = { padding: 0.06, maxZoom: 1 };
const READABLE_ZOOM = 0.75;

function LineageBox({ data: { lines, built, named, selectable } }: { data: Box["data"] }) {
  const label = lines.join("");
  return (
    <div
      className={classes.box}
      data-built={built || undefined}
      data-named={named || undefined}
      data-selectable={selectable || undefined}
      title={selectable ? `${label}: ${named ? "take it out of" : "put it into"} the selection` : label}
    >
      <Handle type="target" position={Position.Left} className={classes.handle} />
      <span className={classes.label}>
        {lines.map((line) => (
          <span key={line} className={classes.line}>
            {line}
          </span>
        ))}
      </span>
      <Handle type="source" position={Position.Right} className={classes.handle} />
    </div>
  );
}
