{# Fails with the number of rows when it is not the one expected. #}
{% test row_count(model, rows) %}
select count(*) as found
from {{ model }}
having count(*) <> {{ rows }}
{% endtest %}
