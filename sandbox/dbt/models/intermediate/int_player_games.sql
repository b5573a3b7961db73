-- One row for each player of each game, with what share of the team's points were his.
select
    box.player,
    box.team,
    box.opponent,
    box.game_date,
    box.outcome,
    box.mp,
    box.pts,
    box.trb,
    box.ast,
    box.plusminus,
    box.fgm,
    box.fga,
    round(box.pts::numeric / nullif(game.pts_scored, 0), 3) as pts_share
from {{ ref('fact_boxscores') }} as box
left join {{ ref('int_team_games') }} as game
    on game.game_date = box.game_date and game.team = box.team
