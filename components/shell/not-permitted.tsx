import Link from "next/link";
import classes from "./not-permitted.module.css";
import { PageHeader } from "./page-header";

/** In a page's place for who may not see it: who may, and where to go. */
export function NotPermitted({ title }: { title: string }) {
  return (
    <>
      <PageHeader title={title} />
      <div className={classes.panel}>
        <h2>This page is for admins</h2>
        <p className={classes.text}>
          Ask an admin for another role, or go back to <Link href="/">Freshness</Link>.
        </p>
      </div>
    </>
  );
}
