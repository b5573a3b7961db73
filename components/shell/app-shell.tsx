"use client";

import { IconMenu2, IconX } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useSelectedLayoutSegment } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
import { SessionEnded } from "@/components/sign-in/session-ended";
import { AccountMenu } from "./account-menu";
import classes from "./app-shell.module.css";
import { Brand } from "./brand";
import { ColorSchemeSwitch } from "./color-scheme-switch";
import { ConnectionState } from "./connection-state";
import { EasternClock } from "./eastern-clock";
import { isTyping } from "./is-typing";
import { NavList } from "./nav-list";
import { OpenShell } from "./open-shell";
import { RunInPlace } from "./run-in-place";
import { useViewerOrNull } from "./viewer-provider";

const HelpDialog = dynamic(() => import("./help-dialog").then((module) => module.HelpDialog), { ssr: false });

/** Pages that lead in: they are the same for everybody. */
const OPEN_SEGMENTS: readonly (string | null)[] = ["sign-in", "join"];

/** What surrounds a page: all of the console for who is signed in, little more than its name for others. */
export function AppShell({ children }: { children: ReactNode }) {
  const isOpen = OPEN_SEGMENTS.includes(useSelectedLayoutSegment());
  const viewer = useViewerOrNull();
  return isOpen || viewer === null ? (
    <OpenShell>{children}</OpenShell>
  ) : (
    <ConsoleShell>{children}</ConsoleShell>
  );
}

/** Navigation, clock, connection, colours, keyboard help, and who is signed in. */
function ConsoleShell({ children }: { children: ReactNode }) {
  const [menuOpen, setMenuOpen] = useState(false);
  const [helpOpen, setHelpOpen] = useState(false);
  const closeMenu = () => setMenuOpen(false);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape") setMenuOpen(false);
      if (event.key === "?" && !isTyping(event)) setHelpOpen(true);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);

  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#main">
        Skip to content
      </a>
      <header className={classes.top}>
        <button
          type="button"
          className={classes.burger}
          aria-expanded={menuOpen}
          aria-controls="side"
          aria-label={menuOpen ? "Close the menu" : "Open the menu"}
          onClick={() => setMenuOpen(!menuOpen)}
        >
          {menuOpen ? <IconX size={18} aria-hidden /> : <IconMenu2 size={18} aria-hidden />}
        </button>
        <Brand />
        <span className={classes.topTime}>
          <EasternClock short />
          <ConnectionState short />
        </span>
      </header>
      <aside id="side" aria-label="Backcourt" className={classes.side} data-open={menuOpen || undefined}>
        <div className={classes.sideBrand}>
          <Brand />
        </div>
        <nav aria-label="Pages" className={classes.nav}>
          <NavList onFollow={closeMenu} />
        </nav>
        <div className={classes.foot}>
          <AccountMenu onFollow={closeMenu} />
          <ConnectionState />
          <div className={classes.footRow}>
            <ColorSchemeSwitch />
            <button
              type="button"
              className={classes.help}
              aria-label="Keyboard shortcuts"
              title="Keyboard shortcuts"
              onClick={() => setHelpOpen(true)}
            >
              ?
            </button>
          </div>
        </div>
      </aside>
      <main id="main" tabIndex={-1} className={classes.main}>
        <RunInPlace>{children}</RunInPlace>
      </main>
      {helpOpen && <HelpDialog onClose={() => setHelpOpen(false)} />}
      <SessionEnded />
    </div>
  );
}
