with kinds as (
    select
        case
            when abs(margin) <= 5 then 'clutch'
            when abs(margin) <= 12 then 'close'
            when abs(margin) <= 20 then 'comfortable'
            else 'blowout'
        end as game_type,
        abs(margin) as margin
    from {{ ref('int_team_games') }}
    where location = 'H' and margin is not null
)

select
    game_type,
    count(*) as games,
    round(avg(margin), 1) as avg_margin,
    {{ built_at() }}
from kinds
group by game_type
