"use client";

import { IconMenu2, IconX } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { type ReactNode, useEffect, useState } from "react";
import classes from "./app-shell.module.css";
import { Brand } from "./brand";
import { ColorSchemeSwitch } from "./color-scheme-switch";
import { ConnectionState } from "./connection-state";
import { EasternClock } from "./eastern-clock";
import { isTyping } from "./is-typing";
import { NavList } from "./nav-list";
import { RunInPlace } from "./run-in-place";

const HelpDialog = dynamic(() => import("./help-dialog").then((module) => module.HelpDialog), { ssr: false });

/** What surrounds every page: navigation, clock, connection, colours, keyboard help. */
export function AppShell({ children }: { children: ReactNode }) {
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
    </div>
  );
}
