"use client";

import { Modal } from "@mantine/core";
import classes from "./help-dialog.module.css";
import { KEY_GROUPS } from "./help-keys";
import { useReturnFocus } from "./use-return-focus";

/** What the keyboard does, page by page. */
export function HelpDialog({ onClose }: { onClose: () => void }) {
  useReturnFocus();
  return (
    <Modal opened onClose={onClose} title="Keyboard" size={560}>
      <div className={classes.groups}>
        {KEY_GROUPS.map((group) => (
          <section key={group.title}>
            <h3 className={classes.title}>{group.title}</h3>
            <dl className={classes.keys}>
              {group.keys.map(({ press, does }) => (
                <div key={does} className={classes.row}>
                  <dt>
                    {press.map((key) => (
                      <kbd key={key} className={classes.key}>
                        {key}
                      </kbd>
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
