{{ config(materialized='ephemeral') }} select * from {{ source('bronze', 'teams') }}
