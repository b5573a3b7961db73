"use client";

import { IconChevronUp } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useEffect, useRef, useState } from "react";
import { signOut } from "@/lib/queries/sign-in";
import classes from "./account-menu.module.css";
import { useLiveConnection } from "./live-provider";
import { useViewer } from "./viewer-provider";

/** Who is signed in, with the ways to their account and out. */
export function AccountMenu({ onFollow }: { onFollow: () => void }) {
  const viewer = useViewer();
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const live = useLiveConnection();
  const queryClient = useQueryClient();
  const leave = useMutation({
    mutationFn: signOut,
    onMutate: async () => {
      // What is still being asked for would be refused a moment later.
      live.stop();
      queryClient.unmount();
      await queryClient.cancelQueries();
    },
    onSettled: () => window.location.assign("/sign-in"),
  });

  useEffect(() => {
    if (!open) return;
    const onPress = (event: PointerEvent) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      // The sheet around it stays open on small screens.
      event.stopImmediatePropagation();
      setOpen(false);
      button.current?.focus();
    };
    window.addEventListener("pointerdown", onPress);
    window.addEventListener("keydown", onKey, { capture: true });
    return () => {
      window.removeEventListener("pointerdown", onPress);
      window.removeEventListener("keydown", onKey, { capture: true });
    };
  }, [open]);

  return (
    <div ref={box} className={classes.box}>
      <button
        ref={button}
        type="button"
        className={classes.who}
        aria-expanded={open}
        aria-controls="account-menu"
        aria-label={`Account: ${viewer.name}, ${viewer.role}`}
        title={viewer.email}
        onClick={() => setOpen(!open)}
      >
        <span className={classes.name}>{viewer.name}</span>
        <span className={classes.role}>{viewer.role}</span>
        <IconChevronUp size={14} aria-hidden className={classes.arrow} data-open={open || undefined} />
      </button>
      {open && (
        <ul id="account-menu" className={classes.menu}>
          <li>
            <Link
              href="/account"
              className={classes.item}
              onClick={() => {
                setOpen(false);
                onFollow();
              }}
            >
              Your account
            </Link>
          </li>
          <li>
            <button
              type="button"
              className={classes.item}
              disabled={leave.isPending}
              onClick={() => leave.mutate()}
            >
              Sign out
            </button>
          </li>
        </ul>
      )}
    </div>
  );
}
