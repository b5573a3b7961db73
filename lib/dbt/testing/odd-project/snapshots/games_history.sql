{% snapshot games_history %}
{{ config(unique_key='id', strategy='check', check_cols=['id'], target_schema='silver') }}
select * from {{ ref('fact_games') }}
{% endsnapshot %}
