import classes from "./run-page.module.css";

/** The run page's shape while the run is read, so that nothing jumps when it is there. */
export function RunSkeleton() {
  return (
    <div role="status" aria-label="Reading the run">
      <div className={classes.skeletonHead}>
        <div className={classes.bar} />
      </div>
      <div className={classes.skeletonSentence}>
        <div className={classes.bar} />
      </div>
      <div className={`${classes.block} ${classes.skeletonStrip}`} />
      <div className={classes.columns}>
        <div className={`${classes.block} ${classes.skeletonLog}`} />
        <div className={classes.side}>
          <div className={`${classes.block} ${classes.skeletonPanel}`} />
          <div className={`${classes.block} ${classes.skeletonPanel}`} />
        </div>
      </div>
    </div>
  );
}
