"use client";

import { Modal } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useLiveConnection } from "@/components/shell/live-provider";
import { useViewer } from "@/components/shell/viewer-provider";
import { signInPath } from "@/lib/contracts/local-path";
import { noteSession } from "@/lib/queries/session-ended";
import classes from "./sign-in.module.css";
import { SignInForm } from "./sign-in-form";

/** Asks to sign in again over the page, which stays as it is, half-written forms included. */
export function SessionEndedDialog() {
  const viewer = useViewer();
  const live = useLiveConnection();
  const queryClient = useQueryClient();
  useEffect(() => live.stop(), [live]);

  function goOn(email: string) {
    // Another person's page is drawn anew: nothing of the one before may stay on it.
    if (email !== viewer.email) return window.location.reload();
    noteSession("begun");
    live.start();
    void queryClient.invalidateQueries();
  }

  return (
    <Modal
      opened
      onClose={() => {}}
      title="Your session has ended"
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      centered
      size={420}
    >
      <div className={classes.form}>
        <p>
          Nothing on this page changes until you sign in again; what you have typed stays. It may have ended
          by itself, in another tab, or by an admin.
        </p>
        <SignInForm email={viewer.email} onDone={goOn} />
        <p className={classes.hint}>
          Another way in, or another account?{" "}
          <a href={signInPath(`${window.location.pathname}${window.location.search}`)}>
            Go to the sign-in page
          </a>
          .
        </p>
      </div>
    </Modal>
  );
}
