import { z } from "zod";
import { isGameDate } from "@/lib/game-date";

/** A `YYYY-MM-DD` calendar date in ASCII digits; says what is wrong with anything else. */
export const gameDateSchema = z
  .string()
  .refine(isGameDate, { error: "is not a calendar date: write it as YYYY-MM-DD, for example 2026-11-21" });
