-- What headers of controls, the configuration and the frameworks say, in one document.
create table raw.control_catalogue (document json not null);
