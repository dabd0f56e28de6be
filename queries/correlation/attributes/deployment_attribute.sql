/*
title: Attributes of deployments
grain: one row per production wave, or what is to become one, and attribute of which the value is known
description: >
  `subject` is a wave, `request` and a change request that is planned after as-of, or `next of` and a
  service: what waits for its next deployment. Each attribute is a file of its own, and says what it takes for unknown: a deployment without a row is in neither group of it. One of
  flag, category and number is set. An attribute of your own: a file that gives these columns, this list with it, and its row in `correlation.attribute`.
view: true
*/
select subject, attribute, flag, category, number from correlation.attribute_authors
union all
select subject, attribute, flag, category, number from correlation.attribute_changed_files
union all
select subject, attribute, flag, category, number from correlation.attribute_changed_lines
union all
select subject, attribute, flag, category, number from correlation.attribute_changes
union all
select subject, attribute, flag, category, number from correlation.attribute_dependency_only
union all
select subject, attribute, flag, category, number from correlation.attribute_emergency
union all
select subject, attribute, flag, category, number from correlation.attribute_first_by_deployer
union all
select subject, attribute, flag, category, number from correlation.attribute_hour
union all
select subject, attribute, flag, category, number from correlation.attribute_release_train
union all
select subject, attribute, flag, category, number from correlation.attribute_retried
union all
select subject, attribute, flag, category, number from correlation.attribute_review_depth
union all
select subject, attribute, flag, category, number from correlation.attribute_self_merged
union all
select subject, attribute, flag, category, number from correlation.attribute_since_last
union all
select subject, attribute, flag, category, number from correlation.attribute_touches_configuration
union all
select subject, attribute, flag, category, number from correlation.attribute_touches_migration
union all
select subject, attribute, flag, category, number from correlation.attribute_weekday
