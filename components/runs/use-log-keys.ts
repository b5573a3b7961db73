"use client";

import { type RefObject, useEffect, useRef } from "react";
import { isTyping } from "@/components/shell/is-typing";
import type { Direction } from "./use-log-finds";

type Options = { field: RefObject<HTMLInputElement | null>; onError: (direction: Direction) => void };

/** `/` goes to the search, `e` to the next error, from anywhere on the page but a field or an open dialog. */
export function useLogKeys({ field, onError }: Options): void {
  const latest = useRef(onError);
  useEffect(() => {
    latest.current = onError;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isTyping(event)) return;
      if (event.target instanceof HTMLElement && event.target.closest("[role=dialog]")) return;
      if (event.key === "/") {
        field.current?.focus();
        field.current?.select();
      } else if (event.key === "e" || event.key === "E") {
        latest.current(event.shiftKey ? "previous" : "next");
      } else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [field]);
}
