/** A franchise as the pipeline knows it: the full name in the schedule, the acronym in the box scores. */
export interface Team {
  name: string;
  acronym: string;
  conference: "Eastern" | "Western";
  /** CSS colour. */
  primaryColor: string;
}

const east = (name: string, acronym: string, primaryColor: string): Team => ({
  name,
  acronym,
  conference: "Eastern",
  primaryColor,
});

const west = (name: string, acronym: string, primaryColor: string): Team => ({
  name,
  acronym,
  conference: "Western",
  primaryColor,
});

/** The 30 teams; three acronyms are the pipeline's own spelling (PHX, CHA, BKN). */
export const TEAMS: readonly Team[] = [
  east("Atlanta Hawks", "ATL", "#C8102E"),
  east("Boston Celtics", "BOS", "#007A33"),
  east("Brooklyn Nets", "BKN", "#000000"),
  east("Charlotte Hornets", "CHA", "#1D1160"),
  east("Chicago Bulls", "CHI", "#CE1141"),
  east("Cleveland Cavaliers", "CLE", "#860038"),
  west("Dallas Mavericks", "DAL", "#00538C"),
  west("Denver Nuggets", "DEN", "#0E2240"),
  east("Detroit Pistons", "DET", "#C8102E"),
  west("Golden State Warriors", "GSW", "#1D428A"),
  west("Houston Rockets", "HOU", "#CE1141"),
  east("Indiana Pacers", "IND", "#002D62"),
  west("Los Angeles Clippers", "LAC", "#C8102E"),
  west("Los Angeles Lakers", "LAL", "#552583"),
  west("Memphis Grizzlies", "MEM", "#5D76A9"),
  east("Miami Heat", "MIA", "#98002E"),
  east("Milwaukee Bucks", "MIL", "#00471B"),
  west("Minnesota Timberwolves", "MIN", "#0C2340"),
  west("New Orleans Pelicans", "NOP", "#0C2340"),
  east("New York Knicks", "NYK", "#006BB6"),
  west("Oklahoma City Thunder", "OKC", "#007AC1"),
  east("Orlando Magic", "ORL", "#0077C0"),
  east("Philadelphia 76ers", "PHI", "#006BB6"),
  west("Phoenix Suns", "PHX", "#1D1160"),
  west("Portland Trail Blazers", "POR", "#E03A3E"),
  west("Sacramento Kings", "SAC", "#5A2D81"),
  west("San Antonio Spurs", "SAS", "#8A8D8F"),
  east("Toronto Raptors", "TOR", "#CE1141"),
  west("Utah Jazz", "UTA", "#002B5C"),
  east("Washington Wizards", "WAS", "#002B5C"),
];
