select * from {{ source('bronze', 'games') }}
