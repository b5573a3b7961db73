{{ config(enabled=false) }} select * from {{ ref('fact_games') }}
