"use client";

import { Drawer } from "@mantine/core";
import { useState } from "react";
import { PHONE, useMedia } from "@/components/shell/use-media";
import { longLabel } from "@/lib/game-date";
import { DatePanel, type DatePanelProps } from "./date-panel";
import classes from "./date-sheet.module.css";

/** The date's panel as a sheet: from below on a phone, from the side on a tablet. */
export function DateSheet({ panel, onClose }: { panel: DatePanelProps | null; onClose: () => void }) {
  const phone = useMedia(PHONE);
  const [last, setLast] = useState(panel);
  // Stays readable while the sheet leaves.
  if (panel && panel !== last) setLast(panel);
  const shown = panel ?? last;
  return (
    <Drawer
      opened={panel !== null}
      onClose={onClose}
      position={phone ? "bottom" : "right"}
      size={phone ? "auto" : 520}
      withCloseButton={false}
      padding={0}
      title={null}
      aria-label={shown ? longLabel(shown.date) : "Date"}
      overlayProps={{ backgroundOpacity: phone ? 0.35 : 0.2 }}
      classNames={{ content: phone ? classes.sheet : undefined, body: classes.body }}
    >
      {phone && <div className={classes.handle} aria-hidden />}
      {shown && <DatePanel key={shown.date} {...shown} onClose={onClose} />}
    </Drawer>
  );
}
