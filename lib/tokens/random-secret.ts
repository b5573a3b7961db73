import { randomBytes } from "node:crypto";

const SECRET_BYTES = 32;

/** 256 random bits in base64url: 43 characters of A-Z, a-z, 0-9, `-` and `_`. */
export function randomSecret(): string {
  return randomBytes(SECRET_BYTES).toString("base64url");
}
