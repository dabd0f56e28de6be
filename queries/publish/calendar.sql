/*
title: Calendar of releases, milestones and windows
grain: one row per release with a planned date, milestone and calendar window
audience: leadership
columns:
  kind: release, milestone, or the kind of window, such as freeze
  id: Identifier of the record
  name: Service and version, name of the milestone, or reason of the window
  scope: Service or other scope that it is about; null = all
  starts_at: Planned date, or beginning of a window
  ends_at: End of a window
  actual_at: When it was really reached
  days_late: Days between the planned and the actual day; negative = early
  state: on time, late, overdue, planned, or window
  conflict: Of a release, the freeze or blackout that it is planned in
  first_planned_at: Date that was planned first, where it was moved
  moves: How often the planned date was moved
  moved_cause: Class of the reason for which it was moved last
  moved_reason: That reason in words
*/
select
  kind, entry_id as id, name, scope, starts_at, ends_at, actual_at, days_late, state, conflict,
  first_planned_at, moves, moved_cause, moved_reason
from reports.site_calendar
order by position
