select 1 as id from {{ ref('guest_dates') }}
