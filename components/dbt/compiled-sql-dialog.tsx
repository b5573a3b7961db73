"use client";

import { Modal } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorNotice } from "@/components/shell/error-notice";
import { PHONE, useMedia } from "@/components/shell/use-media";
import { useReturnFocus } from "@/components/shell/use-return-focus";
import type { DbtNodeResult } from "@/lib/contracts/run-kinds/dbt";
import { compiledSqlQuery } from "@/lib/queries/node-result-queries";
import classes from "./compiled-sql-dialog.module.css";

const TOLD_MS = 2000;

/** What dbt said of a node, whole, and the SQL that it ran, to read and to copy. */
export function CompiledSqlDialog({
  runId,
  node,
  onClose,
}: {
  runId: string;
  node: DbtNodeResult;
  onClose: () => void;
}) {
  useReturnFocus();
  const phone = useMedia(PHONE);
  const sql = useQuery(compiledSqlQuery(runId, node.uniqueId));
  return (
    <Modal opened onClose={onClose} title={node.name} size={860} fullScreen={phone} yOffset="8vh">
      {node.message && <p className={classes.message}>{node.message}</p>}
      {sql.isError && (
        <ErrorNotice
          title="The SQL could not be read"
          error={sql.error}
          onRetry={() => sql.refetch()}
          retrying={sql.isFetching}
        />
      )}
      {!sql.isError && (
        <div className={classes.frame}>
          <div className={classes.bar}>
            <span>Compiled SQL</span>
            {sql.data !== undefined && <CopySql sql={sql.data.sql} />}
          </div>
          <section
            // biome-ignore lint/a11y/noNoninteractiveTabindex: long SQL is scrolled by keyboard
            tabIndex={0}
            className={classes.scroll}
            aria-label={`Compiled SQL of ${node.name}`}
            aria-busy={sql.isPending}
          >
            <pre className={classes.sql}>{sql.data?.sql ?? "Reading…"}</pre>
          </section>
        </div>
      )}
    </Modal>
  );
}

function CopySql({ sql }: { sql: string }) {
  const [told, setTold] = useState("");
  async function copy() {
    // Refused where the page has no focus or no permission: the text can still be selected.
    const done = await navigator.clipboard.writeText(sql).then(
      () => true,
      () => false,
    );
    setTold(done ? "copied" : "select it by hand");
    setTimeout(() => setTold(""), TOLD_MS);
  }
  return (
    <button type="button" className={classes.copy} data-autofocus onClick={copy}>
      {told === "copied" ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
      <span role="status">{told || "Copy"}</span>
    </button>
  );
}
