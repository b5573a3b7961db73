select * from {{ ref('leaders') }} where false and {{ function('win_share') }}(1) > 2
