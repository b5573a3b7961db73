"use client";

import { Drawer } from "@mantine/core";
import { useState } from "react";
import { PHONE, useMedia } from "@/components/shell/use-media";
import { longLabel } from "@/lib/game-date";
import { DatePanel, type DatePanelProps } from "./date-panel";
import classes from "./date-sheet.module.css";
import { useDragClose } from "./use-drag-close";
import { useEscape } from "./use-escape";

/** The date's panel as a sheet: from below on a phone, from the side on a tablet. */
export function DateSheet({ panel, onClose }: { panel: DatePanelProps | null; onClose: () => void }) {
  const phone = useMedia(PHONE);
  const [last, setLast] = useState(panel);
  // Stays readable while the sheet leaves.
  if (panel && panel !== last) setLast(panel);
  const shown = panel ?? last;
  const drag = useDragClose(onClose);

  // Drawer's own listener would close the sheet together with a dialog above it.
  useEscape(() => panel && onClose(), 1);

  return (
    <Drawer.Root
      opened={panel !== null}
      onClose={onClose}
      closeOnEscape={false}
      returnFocus={false}
      position={phone ? "bottom" : "right"}
      size={phone ? "auto" : 520}
      padding={0}
      // Not as className of the content, which Mantine also gives to the layer around it.
      classNames={{ content: phone ? classes.sheet : undefined, body: classes.body }}
    >
      <Drawer.Overlay backgroundOpacity={phone ? 0.35 : 0.2} />
      <Drawer.Content aria-label={shown ? longLabel(shown.date) : undefined}>
        <Drawer.Body>
          {phone && <div className={classes.handle} aria-hidden {...drag} />}
          {shown && <DatePanel key={shown.date} {...shown} onClose={onClose} />}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
