/*
title: Types of CDEvents that are understood
grain: one row per subject and predicate
description: What an event of the type tells of. Anything else is kept raw and counted (expectations.event_is_understood).
*/
select subject_type, predicate, entity
from (
  values
    ('artifact', 'deleted', 'evidence'),
    ('artifact', 'downloaded', 'evidence'),
    ('artifact', 'packaged', 'artifact'),
    ('artifact', 'published', 'artifact'),
    ('artifact', 'signed', 'artifact'),
    ('branch', 'created', 'ref'),
    ('branch', 'deleted', 'ref'),
    ('build', 'finished', 'pipeline_run'),
    ('build', 'queued', 'pipeline_run'),
    ('build', 'started', 'pipeline_run'),
    ('change', 'abandoned', 'change'),
    ('change', 'created', 'change'),
    ('change', 'merged', 'change'),
    ('change', 'reviewed', 'change_review'),
    ('change', 'updated', 'change'),
    ('environment', 'created', 'environment'),
    ('environment', 'deleted', 'environment'),
    ('environment', 'modified', 'environment'),
    ('incident', 'detected', 'incident'),
    ('incident', 'reported', 'incident'),
    ('incident', 'resolved', 'incident'),
    ('pipelinerun', 'finished', 'pipeline_run'),
    ('pipelinerun', 'queued', 'pipeline_run'),
    ('pipelinerun', 'started', 'pipeline_run'),
    ('repository', 'created', 'evidence'),
    ('repository', 'deleted', 'evidence'),
    ('repository', 'modified', 'evidence'),
    ('service', 'deployed', 'deployment'),
    ('service', 'published', 'evidence'),
    ('service', 'removed', 'evidence'),
    ('service', 'rolledback', 'deployment'),
    ('service', 'upgraded', 'deployment'),
    ('taskrun', 'finished', 'pipeline_job'),
    ('taskrun', 'started', 'pipeline_job'),
    ('testcaserun', 'finished', 'test_result'),
    ('testcaserun', 'queued', 'test_result'),
    ('testcaserun', 'skipped', 'test_result'),
    ('testcaserun', 'started', 'test_result'),
    ('testoutput', 'published', 'evidence'),
    ('testsuiterun', 'finished', 'test_result'),
    ('testsuiterun', 'queued', 'test_result'),
    ('testsuiterun', 'started', 'test_result'),
    ('ticket', 'closed', 'ticket'),
    ('ticket', 'created', 'ticket'),
    ('ticket', 'updated', 'ticket')
) as known (subject_type, predicate, entity)
order by subject_type, predicate
