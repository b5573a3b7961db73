select * from {{ ref('blank') }} join {{ ref('fact_games') }} using (id)
