import { PageHeader } from "@/components/shell/page-header";
import page from "./freshness-page.module.css";
import classes from "./freshness-skeleton.module.css";
import strip from "./summary-strip.module.css";

const TILES = ["Played dates whole", "Needs attention", "Tonight predicted", "Schedule refreshed"];

/** The page's own layout while the season is read: nothing moves when the numbers arrive. */
export function FreshnessSkeleton() {
  return (
    <div aria-busy="true">
      <PageHeader title="Season" sub="reading its coverage…" />
      <dl className={strip.strip}>
        {TILES.map((name) => (
          <div key={name} className={strip.tile}>
            <dt className={strip.name}>{name}</dt>
            <dd className={strip.value}>
              <span className={`${strip.number} ${classes.number}`} />
              <span className={strip.aside} />
            </dd>
          </div>
        ))}
      </dl>
      <div className={classes.panel}>
        <b>Freshness by game date</b>
        <div className={classes.cells} />
      </div>
      <div className={page.columns}>
        <div className={classes.list}>
          <b>Needs attention</b>
        </div>
        <div className={`${classes.list} ${classes.wide}`} />
      </div>
    </div>
  );
}
