"use client";

import { Drawer } from "@mantine/core";
import { useState } from "react";
import { PHONE, useMedia } from "@/components/shell/use-media";
import type { Person } from "@/lib/contracts/access";
import { PersonPanel } from "./person-panel";
import classes from "./person-sheet.module.css";

type PersonSheetProps = { person: Person | null; people: Person[]; onClose: () => void };

/** What is known of a person and can be done about them, beside the list; from below on a phone. */
export function PersonSheet({ person, people, onClose }: PersonSheetProps) {
  const phone = useMedia(PHONE);
  const [last, setLast] = useState(person);
  // Stays readable while the sheet leaves.
  if (person && person !== last) setLast(person);
  const shown = person ?? last;
  return (
    <Drawer
      opened={person !== null}
      onClose={onClose}
      title={shown?.name}
      position={phone ? "bottom" : "right"}
      size={phone ? "88dvh" : 480}
      classNames={{ title: classes.title, content: phone ? classes.sheet : undefined }}
    >
      {shown && <PersonPanel key={shown.id} person={shown} people={people} />}
    </Drawer>
  );
}
