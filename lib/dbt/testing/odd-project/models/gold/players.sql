select * from {{ ref('fact_games') }}
