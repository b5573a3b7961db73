"use client";

import { Button, Modal, NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { CopySecret } from "@/components/access/copy-secret";
import classes from "@/components/access/dialog.module.css";
import { RoleChoice } from "@/components/access/role-choice";
import { roleWithArticle } from "@/components/access/role-words";
import { EasternTime } from "@/components/shell/relative-time";
import { useReturnFocus } from "@/components/shell/use-return-focus";
import {
  type CreateTokenResponse,
  createTokenRequestSchema,
  DEFAULT_TOKEN_DAYS,
  TOKEN_DAYS,
} from "@/lib/contracts/account";
import { lesserRole, type Role } from "@/lib/contracts/roles";
import { accountKey, createToken } from "@/lib/queries/account-queries";

/** Makes an API token, and shows it this once. */
export function TokenDialog({ role, onClose }: { role: Role; onClose: () => void }) {
  useReturnFocus();
  const [made, setMade] = useState<CreateTokenResponse | null>(null);
  return (
    <Modal
      opened
      onClose={onClose}
      title={made ? `The token ${made.token.name}` : "New API token"}
      // A click beside it must not take away what is shown only once.
      closeOnClickOutside={made === null}
      centered
    >
      {made ? (
        <Made made={made} onClose={onClose} />
      ) : (
        <TokenForm own={role} onMade={setMade} onClose={onClose} />
      )}
    </Modal>
  );
}

type TokenFormProps = { own: Role; onMade: (made: CreateTokenResponse) => void; onClose: () => void };

function TokenForm({ own, onMade, onClose }: TokenFormProps) {
  const queryClient = useQueryClient();
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("viewer");
  const [days, setDays] = useState<number>(DEFAULT_TOKEN_DAYS);
  const [problem, setProblem] = useState<string | null>(null);
  const make = useMutation({
    mutationFn: createToken,
    onSuccess: (made) => {
      void queryClient.invalidateQueries({ queryKey: accountKey });
      onMade(made);
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    const request = createTokenRequestSchema.safeParse({ name, role, days });
    setProblem(
      request.success
        ? null
        : `The ${String(request.error.issues[0]?.path[0])} ${request.error.issues[0]?.message}.`,
    );
    if (request.success) make.mutate(request.data);
  }

  return (
    <form onSubmit={submit} className={classes.form}>
      <TextInput
        data-autofocus
        label="Name"
        description="What uses it; runs that it orders carry it"
        placeholder="slack workflow"
        maxLength={60}
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={problem ?? make.error?.message}
      />
      <RoleChoice
        legend="It may act as"
        whose="token"
        value={role}
        refusal={(other) =>
          lesserRole(other, own) === other ? null : `More than you: you are ${roleWithArticle(own)}`
        }
        onChange={setRole}
      />
      <NativeSelect
        label="It ends after"
        value={days}
        onChange={(event) => setDays(Number(event.currentTarget.value))}
        data={TOKEN_DAYS.map((count) => ({ value: String(count), label: `${count} days` }))}
      />
      <div className={classes.actions}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={make.isPending}>
          Make the token
        </Button>
      </div>
    </form>
  );
}

function Made({ made: { token, secret }, onClose }: { made: CreateTokenResponse; onClose: () => void }) {
  return (
    <div className={classes.form}>
      <p className={classes.what}>
        Copy it now: it is shown only this once, and only its hash is kept. It acts as{" "}
        {roleWithArticle(token.role)} until <EasternTime at={token.expiresAt} />; a script sends it as{" "}
        <code>Authorization: Bearer</code>.
      </p>
      <CopySecret secret={secret} label="The token" />
      <div className={classes.actions}>
        <Button variant="default" onClick={onClose}>
          Done
        </Button>
      </div>
    </div>
  );
}
