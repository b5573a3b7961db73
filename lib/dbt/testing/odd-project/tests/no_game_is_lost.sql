select 1 where exists (select from {{ ref('fact_games') }}) and exists (select from {{ source('bronze', 'games') }})
