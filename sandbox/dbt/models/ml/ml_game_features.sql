-- The games that the prediction step is to predict: until 06:00 UTC those of the day before, as it is
-- still evening where they are played.
with games as (
    select home_team, away_team, proper_date as game_date
    from {{ ref('fact_schedule_data') }}
    where proper_date = {{ utc_date(hours_back=6) }}
),

sides as (
    select
        teams.team,
        form.avg_pts_scored,
        form.avg_pts_scored_opp,
        form.win_pct,
        form.win_pct_last10,
        form.last_game_date,
        coalesce(availability.is_top_players, 1) as is_top_players,
        rank() over (partition by teams.conference order by form.win_pct desc nulls last) as conference_rank
    from {{ ref('dim_teams') }} as teams
    left join {{ ref('int_team_form') }} as form on form.team = teams.team_acronym
    left join {{ ref('int_team_availability') }} as availability on availability.team = teams.team_acronym
)

select
    games.home_team,
    home_odds.moneyline as home_moneyline,
    games.away_team,
    away_odds.moneyline as away_moneyline,
    games.game_date,
    {% for side in ['home', 'away'] -%}
    {{ side }}.conference_rank::integer as {{ side }}_team_rank,
    least(games.game_date - {{ side }}.last_game_date - 1, 7) as {{ side }}_days_rest,
    {{ side }}.avg_pts_scored as {{ side }}_team_avg_pts_scored,
    {{ side }}.avg_pts_scored_opp as {{ side }}_team_avg_pts_scored_opp,
    {{ side }}.win_pct as {{ side }}_team_win_pct,
    {{ side }}.win_pct_last10 as {{ side }}_team_win_pct_last10,
    {{ side }}.is_top_players as {{ side }}_is_top_players,
    {% endfor -%}
    null::integer as outcome
from games
left join sides as home on home.team = games.home_team
left join sides as away on away.team = games.away_team
left join {{ ref('stg_game_odds') }} as home_odds
    on home_odds.team = games.home_team and home_odds.game_date = games.game_date
left join {{ ref('stg_game_odds') }} as away_odds
    on away_odds.team = games.away_team and away_odds.game_date = games.game_date
