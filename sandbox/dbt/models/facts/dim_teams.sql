select team, team_acronym, conference, primary_color
from {{ ref('stg_team_attributes') }}
