select team, team_acronym, primary_color
from {{ ref('dim_teams') }}
