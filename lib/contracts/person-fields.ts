import { z } from "zod";

/** Control characters and those that turn the direction of the text around them, in names that others read. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** The longest name of a person. */
export const NAME_MAX = 80;

/** A person's or a token's name, as lists and the audit show it. */
export function nameSchema(most: number) {
  return z
    .string()
    .trim()
    .min(1, "must not be empty")
    .max(most, `must have at most ${most} characters`)
    .refine((name) => !UNSEEN.test(name), "must be one line of visible characters");
}

/** Why something was done to a person, for whoever looks it up later. */
export const reasonSchema = z
  .string()
  .trim()
  .min(1, "must not be empty")
  .max(500, "must have at most 500 characters");
