import type { ReactNode } from "react";
import { Brand } from "./brand";
import { ColorSchemeSwitch } from "./color-scheme-switch";
import classes from "./open-shell.module.css";

/** What surrounds the pages that lead in: the name and the colours, nothing of what is inside. */
export function OpenShell({ children }: { children: ReactNode }) {
  return (
    <div className={classes.shell}>
      <header className={classes.top}>
        <Brand />
        <ColorSchemeSwitch />
      </header>
      <main id="main" tabIndex={-1} className={classes.main}>
        {children}
      </main>
    </div>
  );
}
