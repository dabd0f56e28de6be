-- Instants are cut, shown and read in UTC.
alter session set timezone = 'UTC';
