import Link from "next/link";
import { RelativeTime } from "@/components/shell/relative-time";
import type { DashboardView } from "@/lib/contracts/dashboard";
import classes from "./dashboard-notices.module.css";
import { observationNotices } from "./observation-words";

/** Why what the page shows may be old or lacking: the server, the workers, AWS, the health page. */
export function DashboardNotices({ view, stale }: { view: DashboardView; stale: Error | null }) {
  return (
    <div className={classes.notices}>
      {stale && (
        <p className={classes.notice} data-tone="partial" role="status">
          {stale.message} What you see is from before.
        </p>
      )}
      {observationNotices(view).map(({ tone, text, since, asksForWorker }) => (
        <p
          key={text}
          className={classes.notice}
          data-tone={tone}
          role={tone === "missing" ? "alert" : "status"}
        >
          {since && asksForWorker && (
            <>
              {since.words} <RelativeTime at={since.at} />.{" "}
            </>
          )}
          {text}
          {since && !asksForWorker && (
            <>
              {" "}
              {since.words} <RelativeTime at={since.at} />.
            </>
          )}
          {asksForWorker && (
            <>
              {" "}
              <Link href="/health">Is a worker running?</Link>
            </>
          )}
        </p>
      ))}
    </div>
  );
}
