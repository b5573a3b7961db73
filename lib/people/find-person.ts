import { z } from "zod";
import type { DbOrTransaction } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Person } from "@/lib/generated/prisma/client";

/** @throws AppError `not-found` for an id that is nobody's, whatever it looks like */
export async function findPerson(db: DbOrTransaction, id: string): Promise<Person> {
  // PostgreSQL would refuse to compare anything but a UUID.
  const person = z.uuid().safeParse(id).success ? await db.person.findUnique({ where: { id } }) : null;
  if (!person) throw new AppError("not-found", "There is no such person.");
  return person;
}

/** `Ada Byron (ada@example.com)`, as the audit names whom something was done to. */
export function personLabel({ name, email }: Pick<Person, "name" | "email">): string {
  return `${name} (${email})`;
}
