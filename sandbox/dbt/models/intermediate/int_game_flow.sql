-- One row for each game whose plays are here: how the lead went back and forth.
with moments as (
    select *, score_home - score_away as home_lead
    from {{ ref('fact_pbp_data') }}
),

-- A tie between two leads of the same team is no change of the lead.
leads as (
    select
        game_date,
        home_team,
        away_team,
        leading_team,
        lag(leading_team) over (
            partition by game_date, home_team, away_team
            order by score_home + score_away
        ) as led_before
    from moments
    where leading_team <> 'TIE'
),

changes as (
    select game_date, home_team, away_team, count(*) as lead_changes
    from leads
    where leading_team <> led_before
    group by game_date, home_team, away_team
),

flows as (
    select
        game_date,
        home_team,
        away_team,
        min(winning_team) as winning_team,
        count(*) as plays,
        count(*) filter (where home_lead = 0) as ties,
        greatest(max(home_lead), 0) as biggest_home_lead,
        greatest(max(-home_lead), 0) as biggest_away_lead
    from moments
    group by game_date, home_team, away_team
)

select
    flows.*,
    coalesce(changes.lead_changes, 0) as lead_changes,
    abs(game.margin) as final_margin
from flows
left join changes using (game_date, home_team, away_team)
left join {{ ref('int_team_games') }} as game
    on game.game_date = flows.game_date and game.team = flows.home_team
