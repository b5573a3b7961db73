{{ config(materialized='incremental') }} select g.* from {{ ref('stg_games') }} g join {{ ref('stg_teams') }} t using (id)
