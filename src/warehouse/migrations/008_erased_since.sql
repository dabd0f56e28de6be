-- How many versions had been erased when figures were published, so that those that move can be told to have moved by an erasure.
alter table raw.publication add column erasures bigint default 0;

update raw.publication
set erasures = (select count(*) from raw.erasure);
