"use client";

import { useLocalStorage } from "@mantine/hooks";
import { PHONE, useMedia } from "@/components/shell/use-media";

type Choice = "yes" | "no" | null;

/** How this browser's person wants logs: with times (by default where there is room), and lines wrapped. */
export function useLogChoices() {
  const narrow = useMedia(PHONE);
  const [times, setTimes] = useLocalStorage<Choice>({ key: "backcourt.log.times", defaultValue: null });
  const [wrap, setWrap] = useLocalStorage<Choice>({ key: "backcourt.log.wrap", defaultValue: null });
  return {
    showTime: times === null ? !narrow : times === "yes",
    setShowTime: (show: boolean) => setTimes(show ? "yes" : "no"),
    wrap: wrap !== "no",
    setWrap: (on: boolean) => setWrap(on ? "yes" : "no"),
  };
}
