{# Makes a model as slow as SANDBOX_DBT_SLEEP_SECONDS says, for tests of what happens to a long build. #}
{% macro sleep_if_asked() -%}
    {%- set seconds = env_var('SANDBOX_DBT_SLEEP_SECONDS', '0') | float -%}
    {%- if seconds > 0 -%}
        select pg_sleep({{ seconds }})
    {%- endif -%}
{%- endmacro %}
