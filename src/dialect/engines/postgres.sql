-- What the product's queries ask of an engine and PostgreSQL has under another name, or not at all.
-- Lists hold texts or numbers; a text is compared by its bytes, so make the database with the locale C.UTF-8.
create or replace function quarterdeck.array_cat_or_one(anycompatiblearray, anycompatiblearray) returns anycompatiblearray language sql immutable parallel safe
  as 'select case when $2 is null then $1 when $1 is null then $2 else $1 || $2 end';
create or replace aggregate quarterdeck.concat_agg(anycompatiblearray) (sfunc = quarterdeck.array_cat_or_one, stype = anycompatiblearray);
create or replace function quarterdeck.list_concat(anycompatiblearray, anycompatiblearray) returns anycompatiblearray language sql immutable parallel safe
  as 'select $1 || $2';
create or replace function quarterdeck.list_concat(anycompatiblearray, anycompatiblearray, anycompatiblearray) returns anycompatiblearray language sql immutable parallel safe
  as 'select $1 || $2 || $3';
create or replace function quarterdeck.list_concat(anycompatiblearray, anycompatiblearray, anycompatiblearray, anycompatiblearray) returns anycompatiblearray
  language sql immutable parallel safe as 'select $1 || $2 || $3 || $4';
create or replace function quarterdeck.list_concat(anycompatiblearray, anycompatiblearray, anycompatiblearray, anycompatiblearray, anycompatiblearray) returns anycompatiblearray
  language sql immutable parallel safe as 'select $1 || $2 || $3 || $4 || $5';
create or replace function quarterdeck.len(anyarray) returns bigint language sql immutable parallel safe as 'select cardinality($1)::bigint';
create or replace function quarterdeck.list_contains(anycompatiblearray, anycompatible) returns boolean language plpgsql immutable strict parallel safe
  as 'begin return coalesce($2 = any ($1), false); end';
create or replace function quarterdeck.list_distinct(anyarray) returns anyarray language sql immutable parallel safe
  as $$select case when $1 is not null then coalesce((select array_agg(distinct e) from unnest($1) as u(e) where e is not null), '{}') end$$;
create or replace function quarterdeck.list_sort(anyarray) returns anyarray language sql immutable parallel safe
  as $$select case when $1 is not null then coalesce((select array_agg(e order by e nulls last) from unnest($1) as u(e)), '{}') end$$;
create or replace function quarterdeck.list_max(anyarray) returns anyelement language sql immutable parallel safe as 'select max(e) from unnest($1) as u(e)';
create or replace function quarterdeck.list_min(anyarray) returns anyelement language sql immutable parallel safe as 'select min(e) from unnest($1) as u(e)';
create or replace function quarterdeck.range(bigint, bigint) returns bigint[] language sql immutable parallel safe
  as $$select coalesce(array_agg(n order by n), '{}') from generate_series($1, $2 - 1) as u(n)$$;
create or replace function quarterdeck.format(text, anyelement) returns text language plpgsql immutable parallel safe as $$
begin
  return case $1
    when '{:,}' then to_char($2::numeric, 'FM999,999,999,999,999,990')
    when '{:.1f}' then to_char(round($2::numeric, 1), 'FM99999999999990.0')
    when '{:.11e}' then trim(to_char($2::numeric, '9.99999999999EEEE'))
    when '{:.2g}' then quarterdeck.two_digits($2::numeric)
  end;
end
$$;
create or replace function quarterdeck.two_digits(numeric) returns text language sql immutable parallel safe as $$
  select case
    when $1 = 0 then '0'
    when scientific.power between -4 and 1 then trim_scale(round($1, 1 - scientific.power))::text
    else regexp_replace(scientific.written, '\.?0+e', 'e')
  end
  from (select trim(to_char($1, '9.9EEEE')) as written, substring(trim(to_char($1, '9.9EEEE')) from 'e(.*)$')::int as power) as scientific
$$;
create or replace function quarterdeck.glob(text, text) returns boolean language sql immutable parallel safe as $$
  select $1 ~ ('^(?:' || replace(replace(regexp_replace(replace($2, '[!', '[^'), '([.+(){}|$\\])', '\\\1', 'g'), '*', '.*'), '?', '.') || ')$')
$$;
create or replace function quarterdeck.pattern(text) returns text language sql immutable parallel safe
  as $$select case when position('(?i)' in $1) > 0 then '(?i)' else '' end || replace(replace(replace(replace($1, '[^\p{L}\p{N}]', '[^[:alnum:]]'), '(?i)', ''), '\b', '\y'), '\z', '\Z')$$;
create or replace function quarterdeck.regexp_full_match(text, text) returns boolean language sql immutable parallel safe
  as $$select $1 ~ quarterdeck.pattern('^(?:' || $2 || ')$')$$;
create or replace function quarterdeck.regexp_matches(text, text) returns boolean language sql immutable parallel safe as 'select $1 ~ quarterdeck.pattern($2)';
create or replace function quarterdeck.regexp_matches(text, text, text) returns boolean language sql immutable parallel safe
  as $$select case when $3 = 'i' then $1 ~* quarterdeck.pattern($2) else $1 ~ quarterdeck.pattern($2) end$$;
create or replace function quarterdeck.regexp_extract(text, text, int default 0) returns text language sql immutable parallel safe as $$
  select case when $1 is not null and $2 is not null then coalesce(case
    when $3 = 0 then (regexp_match($1, '(' || quarterdeck.pattern($2) || ')'))[1]
    else (regexp_match($1, quarterdeck.pattern($2)))[$3]
  end, '') end
$$;
create or replace function quarterdeck.regexp_extract_all(text, text, int default 0) returns text[] language sql immutable parallel safe as $$
  select case when $1 is not null and $2 is not null then coalesce((
    select array_agg(case when $3 = 0 then m[1] else m[$3] end order by place)
    from regexp_matches($1, case when $3 = 0 then '(' || quarterdeck.pattern($2) || ')' else quarterdeck.pattern($2) end, 'g') with ordinality as u(m, place)
  ), '{}') end
$$;
create or replace function quarterdeck.regexp_replace(text, text, text, text default '') returns text language sql immutable parallel safe
  as 'select regexp_replace($1, quarterdeck.pattern($2), $3, $4)';
create or replace function quarterdeck.substring(text, bigint) returns text language sql immutable parallel safe as 'select substr($1, $2::int)';
create or replace function quarterdeck.substring(text, bigint, bigint) returns text language sql immutable parallel safe as 'select substr($1, $2::int, $3::int)';
create or replace function quarterdeck.div(bigint, bigint) returns bigint language sql immutable parallel safe as 'select $1 / nullif($2, 0)';
create or replace function quarterdeck.is_finite(double precision) returns boolean language sql immutable parallel safe
  as $$select $1 not in ('Infinity', '-Infinity', 'NaN')$$;
create or replace function quarterdeck.div(numeric, numeric) returns numeric language sql immutable parallel safe as 'select trunc($1 / nullif($2, 0))';
-- Stirling's series, and Lanczos' approximation where that is not exact.
create or replace function quarterdeck.lgamma(x double precision) returns double precision language plpgsql immutable strict parallel safe as $$
begin
  if x > 10 then
    return (x - 0.5) * ln(x) - x + 0.918938533204672742 + (
      1::float8 / 12 - (1::float8 / 360 - (1::float8 / 1260 - (1::float8 / 1680 - 1::float8 / 1188 / (x * x)) / (x * x)) / (x * x)) / (x * x)
    ) / x;
  end if;
  return 0.918938533204672742 + (x - 0.5) * ln(x + 6.5) - (x + 6.5) + ln(
    0.99999999999980993 + 676.5203681218851 / x - 1259.1392167224028 / (x + 1) + 771.32342877765313 / (x + 2)
    - 176.61502916214059 / (x + 3) + 12.507343278686905 / (x + 4) - 0.13857109526572012 / (x + 5)
    + 9.9843695780195716e-6::float8 / (x + 6) + 1.5056327351493116e-7::float8 / (x + 7)
  );
end
$$;
create or replace function quarterdeck.round(double precision) returns double precision language sql immutable parallel safe as 'select round($1::numeric)::double precision';
create or replace function quarterdeck.round(double precision, int) returns double precision language sql immutable parallel safe as 'select round($1::numeric, $2)::double precision';
create or replace function quarterdeck.epoch(interval) returns double precision language sql immutable parallel safe as 'select extract(epoch from $1)::double precision';
create or replace function quarterdeck.epoch(timestamp) returns double precision language sql immutable parallel safe as 'select extract(epoch from $1)::double precision';
create or replace function quarterdeck.epoch(timestamptz) returns double precision language sql immutable parallel safe as 'select extract(epoch from $1)::double precision';
create or replace function quarterdeck.epoch_us(timestamptz) returns bigint language sql immutable parallel safe as 'select (extract(epoch from $1) * 1000000)::bigint';
create or replace function quarterdeck.strptime(text, text) returns timestamp language sql immutable parallel safe
  as $$select case when $2 = '%Y-%m-%d' then to_date($1, 'YYYY-MM-DD')::timestamp end$$;
create or replace function quarterdeck.json_extract_string(jsonb, text) returns text language sql immutable parallel safe
  as $$select $1 #>> string_to_array(substr($2, 3), '.')$$;
create or replace function quarterdeck.json_extract(jsonb, text) returns jsonb language sql immutable parallel safe
  as $$select $1 #> string_to_array(substr($2, 3), '.')$$;
create or replace function quarterdeck.try_bigint(text) returns bigint language sql immutable parallel safe
  as $$select case when $1 ~ '^\s*[+-]?[0-9]{1,18}\s*$' then $1::bigint end$$;
create or replace function quarterdeck.try_instant(text) returns timestamptz language plpgsql immutable parallel safe as $$
begin
  return $1::timestamptz;
exception when others then
  return null;
end
$$;
create or replace function quarterdeck.try_list(jsonb) returns text[] language sql immutable parallel safe
  as $$select case when jsonb_typeof($1) = 'array' then array(select e from jsonb_array_elements_text($1) with ordinality as u(e, place) order by place) end$$;
