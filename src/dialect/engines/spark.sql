-- Instants are cut, shown and read in UTC.
set time zone 'UTC';
