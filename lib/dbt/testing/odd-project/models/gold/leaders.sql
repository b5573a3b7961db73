select * from {{ ref('standings') }} join {{ ref('dim_players') }} using (id) join {{ ref('games_history') }} using (id) join {{ ref('odd') }} using (id)
