import Link from "next/link";
import classes from "./app-shell.module.css";

/** The mark and the name; leads home. */
export function Brand() {
  return (
    <Link href="/" className={classes.brand}>
      <svg viewBox="0 0 32 32" width="18" height="18" fill="none" aria-hidden>
        <circle cx="16" cy="16" r="13.5" stroke="currentColor" strokeWidth="3" />
        <path d="M16 2.5v27" stroke="currentColor" strokeWidth="3" />
      </svg>
      <span>Backcourt</span>
    </Link>
  );
}
