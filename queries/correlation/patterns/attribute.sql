/*
title: What is looked at for patterns
grain: one row per attribute
description: >
  Words that sentences are made of: which deployments have it, how a number of it is said, and what to look at next where it turns out to be a pattern.
*/
select attribute, kind, title, words, unit, next_step
from (
  values
  ('authors', 'number', 'Number of authors', 'with more authors', 'authors', 'Read what they carried: were changes of several people tested together before they went live?'),
  ('changed_files', 'number', 'Files changed', 'that change more files', 'files', 'Compare the largest with the smallest: what could have gone out in two?'),
  ('changed_lines', 'number', 'Lines changed', 'that change more lines', 'lines', 'Compare the largest with the smallest: what could have gone out in two?'),
  ('changes', 'number', 'Number of changes', 'that carry more changes', 'changes', 'See how long changes wait for a deployment: smaller batches carry less each.'),
  ('dependency_only', 'flag', 'Dependency updates only', 'of dependency updates only', null, 'See which dependency it was, and which test would have noticed.'),
  ('emergency', 'flag', 'Emergency', 'made as an emergency', null, 'Read what was left out to be faster, and whether it was needed.'),
  ('first_by_deployer', 'flag', 'First by its deployer', 'by somebody who had not deployed the service before', null, 'Ask who stood beside them, and what the runbook left to be known.'),
  ('hour', 'category', 'Hour', 'between', null, 'See how many are on duty at that hour to notice, and why deployments wait for it.'),
  ('release_train', 'flag', 'In a release train', 'in a release train', null, 'See which part of the train failed, and whether it had to ride with the others.'),
  ('retried', 'flag', 'Pipeline run again', 'whose pipeline was run again', null, 'Read why the first try failed: a warning may have been taken for noise.'),
  ('review_depth', 'number', 'Reviewers', 'with more reviewers', 'reviewers', 'Read the failed ones: was there something for a reviewer to see?'),
  ('self_merged', 'flag', 'Merged by its author', 'with a change merged by its author', null, 'Read the failed ones: would a second pair of eyes have seen it?'),
  ('since_last', 'number', 'Hours since the last deployment', 'after a longer pause', 'hours', 'See what gathers while a service waits, and whether it could go out sooner.'),
  ('touches_configuration', 'flag', 'Touches configuration', 'that touch configuration', null, 'See whether the configuration is tried before production, and in the same form.'),
  ('touches_migration', 'flag', 'Touches migrations', 'with a migration', null, 'See whether migrations are tried on data like those of production, and whether each can be undone.'),
  ('weekday', 'category', 'Weekday', 'on', null, 'See what differs on that day: how many are on duty, what is deployed, and how soon somebody notices.')
) as catalogue (attribute, kind, title, words, unit, next_step)
order by attribute
