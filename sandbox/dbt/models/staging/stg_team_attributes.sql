select team, team_acronym, conference, primary_color
from {{ source('bronze', 'internal_team_attributes') }}
