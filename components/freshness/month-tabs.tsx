import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import type { DateSummary } from "@/lib/contracts/coverage";
import type { GameDate } from "@/lib/game-date";
import type { Month } from "./calendar-layout";
import classes from "./month-tabs.module.css";
import { needsAttention } from "./order-attention";

type MonthTabsProps = {
  months: Month[];
  shown: string;
  byDate: ReadonlyMap<GameDate, DateSummary>;
  onShow: (month: Month) => void;
};

/** On a phone: which month is shown, and how many dates of each need attention. */
export function MonthTabs({ months, shown, byDate, onShow }: MonthTabsProps) {
  const index = months.findIndex((month) => month.id === shown);
  const before = months[index - 1];
  const after = months[index + 1];
  return (
    <nav className={classes.tabs} aria-label="Months of the season">
      <Step label="Previous month" month={before} onShow={onShow} Icon={IconChevronLeft} />
      <div className={classes.list}>
        {months.map((month) => (
          <button
            key={month.id}
            type="button"
            className={classes.tab}
            aria-current={month.id === shown ? "true" : undefined}
            aria-label={tabLabel(month, attentionIn(month, byDate))}
            ref={month.id === shown ? keepInView : undefined}
            onClick={() => onShow(month)}
          >
            {month.label.slice(0, 3)}
            {attentionIn(month, byDate) > 0 && <b className={classes.count}>{attentionIn(month, byDate)}</b>}
          </button>
        ))}
      </div>
      <Step label="Next month" month={after} onShow={onShow} Icon={IconChevronRight} />
    </nav>
  );
}

function Step({
  label,
  month,
  onShow,
  Icon,
}: {
  label: string;
  month: Month | undefined;
  onShow: (month: Month) => void;
  Icon: typeof IconChevronLeft;
}) {
  return (
    <button
      type="button"
      className={classes.step}
      aria-label={label}
      disabled={!month}
      onClick={() => month && onShow(month)}
    >
      <Icon size={18} aria-hidden />
    </button>
  );
}

function keepInView(tab: HTMLButtonElement | null) {
  const list = tab?.parentElement;
  if (tab && list) list.scrollLeft = tab.offsetLeft - (list.clientWidth - tab.clientWidth) / 2;
}

function attentionIn(month: Month, byDate: ReadonlyMap<GameDate, DateSummary>): number {
  return month.weeks.flat().filter((date) => {
    const summary = date === null ? undefined : byDate.get(date);
    return summary !== undefined && needsAttention(summary);
  }).length;
}

function tabLabel(month: Month, attention: number): string {
  return attention > 0 ? `${month.label}, ${attention} need attention` : month.label;
}
