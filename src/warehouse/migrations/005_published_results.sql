-- What controls said of units when a site was published: a unit is kept when it first fails, is unknown or exempt, and again when
-- that changed, so that "since when" can be told. `gone`: no control says anything of it any more.
create table raw.published_result (
  publication bigint not null,
  control varchar not null,
  unit_kind varchar not null,
  unit varchar not null,
  status varchar not null
);
