import { AppError } from "@/lib/errors";

/** A refusal that names the folder and what the system said. */
export function cannotWrite(folder: string, error: { message: string }): AppError {
  const reason = error.message.replace(/^[A-Z]+: /, "").replace(/, \w+( '.*)?$/, "");
  return new AppError("conflict", `The worker cannot write its records in ${folder}: ${reason}.`, {
    cause: error,
  });
}
