"use client";

import { Button, Modal, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { EasternTime } from "@/components/shell/relative-time";
import { useReturnFocus } from "@/components/shell/use-return-focus";
import { type CreateInviteResponse, createInviteRequestSchema } from "@/lib/contracts/access";
import type { Role } from "@/lib/contracts/roles";
import { accessKeys, createInvite } from "@/lib/queries/access-queries";
import { CopySecret } from "./copy-secret";
import classes from "./dialog.module.css";
import { RoleChoice } from "./role-choice";
import { roleWithArticle } from "./role-words";

/** Makes a link for one person, and shows it this once. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  useReturnFocus();
  const [made, setMade] = useState<CreateInviteResponse | null>(null);
  return (
    <Modal
      opened
      onClose={onClose}
      title={made ? `The link for ${made.invite.email}` : "Invite a person"}
      // A click beside it must not take away what is shown only once.
      closeOnClickOutside={made === null}
      centered
    >
      {made ? (
        <InviteLink made={made} onClose={onClose} />
      ) : (
        <InviteForm onMade={setMade} onClose={onClose} />
      )}
    </Modal>
  );
}

function InviteForm({
  onMade,
  onClose,
}: {
  onMade: (made: CreateInviteResponse) => void;
  onClose: () => void;
}) {
  const queryClient = useQueryClient();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("viewer");
  const [problem, setProblem] = useState<string | null>(null);
  const invite = useMutation({
    mutationFn: createInvite,
    onSuccess: (made) => {
      void queryClient.invalidateQueries({ queryKey: accessKeys.invites });
      onMade(made);
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    const request = createInviteRequestSchema.safeParse({ email, role });
    if (!request.success) {
      setProblem(`This ${request.error.issues[0]?.message}.`);
      return;
    }
    setProblem(null);
    invite.mutate(request.data);
  }

  return (
    <form onSubmit={submit} className={classes.form} noValidate>
      <TextInput
        data-autofocus
        type="email"
        label="E-mail address"
        description="They sign in with it; nothing is sent by Backcourt."
        placeholder="ada@example.com"
        autoComplete="off"
        maxLength={254}
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        error={problem ?? invite.error?.message}
      />
      <RoleChoice legend="Role" value={role} onChange={setRole} />
      <div className={classes.actions}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={invite.isPending}>
          Make the link
        </Button>
      </div>
    </form>
  );
}

function InviteLink({ made, onClose }: { made: CreateInviteResponse; onClose: () => void }) {
  const { invite, path } = made;
  return (
    <div className={classes.form}>
      <p className={classes.what}>
        Send it to {invite.email} yourself, where nobody else reads it: whoever opens it becomes{" "}
        {roleWithArticle(invite.role)}. It is shown only now, can be used once, and ends{" "}
        <EasternTime at={invite.expiresAt} />.
      </p>
      <CopySecret secret={`${window.location.origin}${path}`} label="The invite's link" />
      <div className={classes.actions}>
        <Button variant="default" onClick={onClose}>
          Done
        </Button>
      </div>
    </div>
  );
}
