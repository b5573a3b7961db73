"use client";

import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { ErrorNotice } from "@/components/shell/error-notice";
import { RelativeTime } from "@/components/shell/relative-time";
import { disablePersonRequestSchema, type Person } from "@/lib/contracts/access";
import { disablePerson, enablePerson } from "@/lib/queries/access-queries";
import classes from "./person-panel.module.css";
import { usePersonAct } from "./use-person-act";

/** Keeps a person out, for a reason that is stored; it can be taken back. */
export function DisableForm({ person, refusal }: { person: Person; refusal: string | null }) {
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const disable = usePersonAct(
    (why: string) => disablePerson(person.id, { reason: why }),
    () => `${person.name} is disabled and signed out everywhere.`,
  );

  function submit(event: FormEvent) {
    event.preventDefault();
    const request = disablePersonRequestSchema.safeParse({ reason });
    setProblem(request.success ? null : `The reason ${request.error.issues[0]?.message}.`);
    if (request.success) disable.mutate(request.data.reason);
  }

  return (
    <section className={classes.part} aria-label="Disable">
      {refusal === null && asking ? (
        <form className={classes.form} onSubmit={submit}>
          <TextInput
            autoFocus
            label={`Why is ${person.name} disabled?`}
            description="Kept in the audit. Sessions end at once, unused links that they made open nothing any more; tokens are refused until they are enabled again."
            placeholder="Left the team"
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            error={problem}
          />
          {disable.error && <ErrorNotice title={`${person.name} was not disabled`} error={disable.error} />}
          <Button type="submit" loading={disable.isPending}>
            Disable {person.name}
          </Button>
        </form>
      ) : (
        <div className={classes.form}>
          {refusal && <p className={classes.why}>{refusal}</p>}
          {refusal === null && (
            <Button variant="default" onClick={() => setAsking(true)}>
              Disable…
            </Button>
          )}
        </div>
      )}
    </section>
  );
}

/** Who was disabled, by whom and why, and the way back in. */
export function EnableForm({
  person,
  disabled,
}: {
  person: Person;
  disabled: NonNullable<Person["disabled"]>;
}) {
  const enable = usePersonAct(
    () => enablePerson(person.id),
    () => `${person.name} may sign in again.`,
  );
  return (
    <div className={classes.out}>
      <p className={classes.outTitle}>
        Disabled <RelativeTime at={disabled.at} />
        {disabled.by !== null && ` by ${disabled.by}`}
      </p>
      {disabled.reason !== null && <p>{disabled.reason}</p>}
      {enable.error && <ErrorNotice title={`${person.name} was not enabled`} error={enable.error} />}
      <Button variant="default" loading={enable.isPending} onClick={() => enable.mutate()}>
        Enable again
      </Button>
    </div>
  );
}
