"use client";

import { type PointerEvent, useRef } from "react";
import { closesSheet } from "./drag-close";

/** Lets a sheet be pulled down by its handle: it follows the finger, and goes or springs back when let go. */
export function useDragClose(onClose: () => void) {
  const start = useRef<{ y: number; at: number; sheet: HTMLElement } | null>(null);

  const end = (event: PointerEvent, cancelled: boolean) => {
    const from = start.current;
    start.current = null;
    if (!from) return;
    const drag = { pixels: event.clientY - from.y, milliseconds: event.timeStamp - from.at };
    const { style } = from.sheet;
    style.removeProperty("transition");
    if (!cancelled && closesSheet(drag, from.sheet.offsetHeight)) onClose();
    else style.removeProperty("transform");
  };

  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      const sheet = event.currentTarget.closest<HTMLElement>("[role=dialog]");
      if (!sheet || event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      start.current = { y: event.clientY, at: event.timeStamp, sheet };
      sheet.style.transition = "none";
    },
    onPointerMove: (event: PointerEvent) => {
      const from = start.current;
      if (from) from.sheet.style.transform = `translateY(${Math.max(0, event.clientY - from.y)}px)`;
    },
    onPointerUp: (event: PointerEvent) => end(event, false),
    onPointerCancel: (event: PointerEvent) => end(event, true),
  };
}
