import { PageHeader } from "@/components/shell/page-header";
import classes from "./dashboard-skeleton.module.css";

/** The page's shape while the service is read. */
export function DashboardSkeleton() {
  return (
    <div role="status" aria-label="Reading the dashboard's service">
      <PageHeader title="Dashboard" />
      <div className={`${classes.block} ${classes.verdict}`} />
      <div className={`${classes.block} ${classes.strip}`} />
      <div className={classes.columns}>
        <div className={classes.block} />
        <div className={classes.block} />
      </div>
    </div>
  );
}
