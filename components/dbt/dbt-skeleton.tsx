import { PageHeader } from "@/components/shell/page-header";
import classes from "./dbt-skeleton.module.css";

/** The page's shape while the project is read. */
export function DbtSkeleton() {
  return (
    <div role="status" aria-label="Reading the dbt project">
      <PageHeader title="dbt" />
      <div className={`${classes.block} ${classes.select}`} />
      <div className={classes.columns}>
        <div className={classes.block} />
        <div className={classes.block} />
      </div>
    </div>
  );
}
