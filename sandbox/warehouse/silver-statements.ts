/**
 * Appends bronze box scores to silver, one row for each, by a condition on bronze's columns (trusted SQL).
 * There is no key: what silver already holds is doubled.
 */
export function appendBoxScores(condition: string): string {
  return `
insert into silver.fact_boxscores (
  player, team, opponent, game_date, location, outcome, mp, fgm, fga, trb, ast, pts, plusminus,
  created_at, modified_at
)
select player, team, opponent, date::date, location, outcome, mp, fgm, fga, trb, ast, pts, plusminus,
  created_at, modified_at
from bronze.bbref_player_boxscores
where ${condition}`;
}

/**
 * Appends bronze plays to silver by a condition on bronze's columns (trusted SQL). Two free throws of the same
 * second become one row, the score after them, so silver's rows are not bronze's one to one.
 */
export function appendPlays(condition: string): string {
  return `
insert into silver.fact_pbp_data (
  home_team, away_team, game_date, quarter, time_quarter, play, score_away, score_home, margin_score,
  leading_team, winning_team
)
select hometeam, awayteam, date::date, numberperiod, timequarter, play, scoreaway, scorehome, marginscore,
  case when scorehome > scoreaway then hometeam when scoreaway > scorehome then awayteam else 'TIE' end,
  case when final_home > final_away then hometeam else awayteam end
from (
  select distinct on (date, hometeam, awayteam, numberperiod, timequarter) *
  from (
    select *, descriptionplayvisitor || descriptionplayhome as play,
      max(scorehome) over game as final_home, max(scoreaway) over game as final_away
    from bronze.bbref_player_pbp
    where ${condition}
    window game as (partition by date, hometeam, awayteam)
  ) as plays
  order by date, hometeam, awayteam, numberperiod, timequarter, scorehome + scoreaway desc
) as moments`;
}
