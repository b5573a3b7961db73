/** Marks the branch that no member of a closed set reaches; a new member is then a compile error. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
