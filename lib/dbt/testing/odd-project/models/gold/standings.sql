select * from {{ ref('players') }} join {{ ref('dim_players', v=1) }} using (id)
