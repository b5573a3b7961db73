import type { Snapshot } from "./read-marts";

const STYLE = `
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
table { border-collapse: collapse; margin: 0 0 2rem; width: 100%; }
th, td { border-bottom: 1px solid #ddd; padding: 0.3rem 0.6rem; text-align: left; }
.asof { color: #555; }`;

/** The dashboard's only page: what the kept marts say, and as of when. */
export function dashboardPage({ readAt, marts, standings, predictions }: Snapshot): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>NBA dashboard (sandbox)</title><style>${STYLE}</style></head>
<body>
<h1>NBA dashboard</h1>
<p class="asof">Data as of <time datetime="${readAt.toISOString()}">${utc(readAt)}</time>; the newest of its
marts was built ${newestBuild(marts)}.</p>
${section(
  "Standings",
  ["Team", "Wins", "Losses"],
  standings.map(({ team, wins, losses }) => [team, wins, losses]),
)}
${section(
  "Predictions",
  ["Game date", "Away", "Home", "Home wins"],
  predictions.map(({ date, home, away, homeWinPct }) => [
    date,
    away,
    home,
    `${Math.round(homeWinPct * 100)}%`,
  ]),
)}
${section(
  "Marts",
  ["Table", "Rows", "Built"],
  marts.map(({ name, rows, builtAt }) => [name, rows, builtAt ? utc(builtAt) : "not stamped"]),
)}
</body>
</html>
`;
}

function section(title: string, head: string[], rows: (string | number)[][]): string {
  const cells = (tag: "th" | "td", values: (string | number)[]) =>
    values.map((value) => `<${tag}>${escapeHtml(String(value))}</${tag}>`).join("");
  const body = rows.map((row) => `<tr>${cells("td", row)}</tr>`).join("\n");
  return `<h2>${title}</h2>\n<table><tr>${cells("th", head)}</tr>\n${body}</table>`;
}

function newestBuild(marts: Snapshot["marts"]): string {
  const built = marts.flatMap(({ builtAt }) => (builtAt ? [builtAt.getTime()] : []));
  return built.length > 0 ? utc(new Date(Math.max(...built))) : "at no known time";
}

function utc(moment: Date): string {
  return `${moment.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
