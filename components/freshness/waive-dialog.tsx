"use client";

import { Button, Modal, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useReturnFocus } from "@/components/shell/use-return-focus";
import { type GameCoverage, waiveGameRequestSchema } from "@/lib/contracts/coverage";
import { type GameDate, shortLabel } from "@/lib/game-date";
import { coverageKeys, waiveGame } from "@/lib/queries/coverage-queries";
import classes from "./waive-dialog.module.css";

type WaiveDialogProps = { date: GameDate; game: GameCoverage; onClose: () => void };

/** Asks why a game's data will not come; after that the game no longer counts as expected. */
export function WaiveDialog({ date, game, onClose }: WaiveDialogProps) {
  useReturnFocus();
  const queryClient = useQueryClient();
  const [reason, setReason] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const waive = useMutation({
    mutationFn: waiveGame,
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: coverageKeys.all });
      onClose();
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    const request = waiveGameRequestSchema.safeParse({ date, game: game.key, reason });
    if (!request.success) {
      setProblem(
        request.error.issues.map((issue) => `The ${String(issue.path[0])} ${issue.message}`).join(" "),
      );
      return;
    }
    setProblem(null);
    waive.mutate(request.data);
  }

  const name = `${game.away.acronym} @ ${game.home.acronym}`;
  return (
    <Modal opened onClose={onClose} title={`Waive ${name}, ${shortLabel(date)}`} centered>
      <form onSubmit={submit} className={classes.form}>
        <p className={classes.what}>
          The game no longer counts as expected, so the date can be whole without it. Your reason is kept, and
          the waiver can be taken back.
        </p>
        <Textarea
          data-autofocus
          label="Reason"
          placeholder="The arena's feed was down; the league confirmed that no play-by-play exists."
          autosize
          minRows={2}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={problem ?? waive.error?.message}
        />
        <div className={classes.actions}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={waive.isPending}>
            Waive {name}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
