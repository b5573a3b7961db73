{#
  The column by which a mart tells when it was last built. A view computes it on reading, so there it tells nothing.
  The variable built_at is for the sandbox's first run, which builds marts as an earlier run would have left them.
#}
{% macro built_at() -%}
    {%- if var('built_at', none) and config.get('materialized') != 'view' -%}
        '{{ var('built_at') }}'::timestamptz as __created_at
    {%- else -%}
        now() as __created_at
    {%- endif -%}
{%- endmacro %}

{# The UTC date of this moment, whatever the session's time zone, moved back by some hours. #}
{% macro utc_date(hours_back=0) -%}
    (now() at time zone 'utc' - interval '{{ hours_back }} hours')::date
{%- endmacro %}

{# The moment, in UTC, from which a game date's data ought to be there: the next day's run and half an hour. #}
{% macro due_at(date_column) -%}
    ({{ date_column }} + interval '1 day 12 hours 30 minutes')
{%- endmacro %}
