import { IconChevronDown } from "@tabler/icons-react";
import type { Season } from "@/lib/contracts/coverage";
import classes from "./season-title.module.css";

type SeasonTitleProps = {
  season: Season | null;
  seasons: Season[];
  onSeason: (id: string) => void;
};

/** The page's title; where there are several seasons, it opens the browser's own list of them. */
export function SeasonTitle({ season, seasons, onSeason }: SeasonTitleProps) {
  return (
    <div className={classes.switch}>
      <h1 className={classes.title}>{season ? `Season ${season.label}` : "Freshness"}</h1>
      {season && seasons.length > 1 && (
        <>
          <IconChevronDown size={16} stroke={2} aria-hidden className={classes.icon} />
          <select
            aria-label="Season"
            className={classes.select}
            value={season.id}
            onChange={(event) => onSeason(event.currentTarget.value)}
          >
            {seasons.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </select>
        </>
      )}
    </div>
  );
}
