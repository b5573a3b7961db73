import { useState } from "react";
import { isGameDate } from "@/lib/game-date";

type DateFieldProps = {
  label: string;
  value: string | null;
  /** Told of whole dates, and of null when it is emptied. */
  onDate: (date: string | null) => void;
  /** Of the label, and of the input within it: each bar lays its fields out in its own way. */
  className?: string;
  inputClassName?: string;
};

/** A labelled date. A year is typed digit by digit: 0002-11-22 on the way to 2026-11-22 is no date yet. */
export function DateField({ label, value, onDate, className, inputClassName }: DateFieldProps) {
  // Shown while it is being typed: to put the value back meanwhile would take the digits away again.
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <label className={className}>
      <span>{label}</span>
      <input
        type="date"
        className={inputClassName}
        value={typed ?? value ?? ""}
        onChange={(event) => {
          const text = event.currentTarget.value;
          setTyped(text);
          if (text === "") onDate(null);
          else if (isGameDate(text) && text >= "1900") onDate(text);
        }}
        onBlur={() => setTyped(null)}
      />
    </label>
  );
}
