"use client";

import { Button } from "@mantine/core";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { ErrorNotice } from "@/components/shell/error-notice";
import { useViewer } from "@/components/shell/viewer-provider";
import type { Person } from "@/lib/contracts/access";
import type { Role } from "@/lib/contracts/roles";
import { changeRole } from "@/lib/queries/access-queries";
import classes from "./person-panel.module.css";
import { RoleChoice } from "./role-choice";
import { roleWithArticle } from "./role-words";
import { usePersonAct } from "./use-person-act";

/** A person's role, to choose and save; the only admin's stays. */
export function RoleForm({ person, onlyAdmin }: { person: Person; onlyAdmin: boolean }) {
  const router = useRouter();
  const isViewer = useViewer().email === person.email;
  const [role, setRole] = useState<Role>(person.role);
  const change = usePersonAct(
    () => changeRole(person.id, { role }),
    (changed) => `${person.name} is ${roleWithArticle(changed.role)} now.`,
  );

  function submit(event: FormEvent) {
    event.preventDefault();
    // One's own page shows what one may, which is less from now on.
    change.mutate(undefined, { onSuccess: () => isViewer && router.refresh() });
  }

  return (
    <form className={classes.form} onSubmit={submit}>
      <RoleChoice
        legend="Role"
        value={role}
        refusal={(other) =>
          onlyAdmin && other !== "admin" ? "The only admin: make somebody else an admin first." : null
        }
        onChange={setRole}
      />
      {change.error && <ErrorNotice title="The role was not changed" error={change.error} />}
      {role !== person.role && (
        <Button type="submit" loading={change.isPending}>
          Make {isViewer ? "yourself" : person.name} {roleWithArticle(role)}
        </Button>
      )}
    </form>
  );
}
