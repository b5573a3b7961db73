{{ config(
    materialized='incremental',
    indexes=[{'columns': ['team', 'game_date']}]
) }}

-- No key: a row that bronze has written again is newer than all there is, and is appended a second time.
select
    player,
    team,
    opponent,
    game_date,
    location,
    outcome,
    mp,
    fgm,
    fga,
    trb,
    ast,
    pts,
    plusminus,
    created_at,
    modified_at
from {{ ref('stg_player_boxscores') }}
{% if is_incremental() %}
where modified_at > (select coalesce(max(modified_at), '-infinity') from {{ this }})
{% endif %}
