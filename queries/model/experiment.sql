/*
title: Experiments
grain: one row per experiment
*/
select source || ':' || id as experiment_id, service, name, metric, control_value, variant_value, decision, decided_at
from staging.files_experiment
where decided_at is null or decided_at < getvariable('as_of')
order by experiment_id
