import {
  keyValues,
  link,
  paragraph,
  type DocumentNode,
  type Section,
  type Text,
} from "../../layout/nodes.ts";
import type { LeadTimeSummaryRow, ReleasePackData, SummaryRow } from "../data.ts";
import { count, duration, some, type Times } from "../words.ts";

/** The facts of the release, each with its count and what is missing. */
export function summarySection({ summary, leadTimeSummary }: ReleasePackData, times: Times): Section {
  const facts: (readonly [string, Text])[] = [
    ["Published", times.minute(summary.published_at) ?? "not recorded"],
    ...(summary.planned_at === null ? [] : [["Planned", times.minute(summary.planned_at) ?? ""] as const]),
    ...(summary.kind === null ? [] : [["Kind", summary.kind] as const]),
    ...(summary.train === null ? [] : [["Release train", summary.train] as const]),
    ["Changes", changes(summary)],
    ["Approvals", approvals(summary)],
    ["Tests", tests(summary)],
    ["Deployment attempts", attempts(summary)],
    ["Lead time", leadTime(leadTimeSummary)],
    ["Incidents", incidents(summary)],
    ...(summary.url === null ? [] : [["Release record", link(summary.url, summary.url)] as const]),
  ];
  return { id: "summary", title: "Summary", nodes: [keyValues(facts), ...releaseNotes(summary)] };
}

function releaseNotes({ title, notes }: SummaryRow): DocumentNode[] {
  if (title === null && notes === null) return [];
  return [
    { kind: "heading", level: 3, text: "Release notes as published", id: "summary.notes" },
    ...(title === null ? [] : [paragraph({ text: title, strong: true })]),
    ...(notes === null ? [] : [paragraph(notes)]),
  ];
}

function changes({
  changes: total,
  approved_changes,
  changes_with_review_source,
  commits_without_request,
}: SummaryRow): string {
  if (total === 0) return "none known";
  const direct =
    commits_without_request > 0
      ? `, ${count(commits_without_request)} of them without a known pull request`
      : "";
  const reviews =
    changes_with_review_source === 0
      ? "reviews were not collected"
      : `${count(approved_changes)} with an approval by somebody other than the author before the merge`;
  return `${some(total, "change")} first brought to production by this release${direct}; ${reviews}`;
}

function approvals({ approvals: total, rejections, late_approvals, has_approvals }: SummaryRow): string {
  if (!has_approvals) return "not collected";
  if (total === 0) return "none found among those collected";
  return `${some(total, "decision")}, ${some(rejections, "rejection")}, ${count(late_approvals)} after the deployment had started`;
}

function tests({ suites, failed_suites, unknown_suites, has_tests }: SummaryRow): string {
  if (!has_tests) return "not collected";
  if (suites === 0) return "none found among those collected";
  const unknown = unknown_suites > 0 ? `, ${count(unknown_suites)} without a known outcome` : "";
  return `${some(suites, "test result")}, ${count(failed_suites)} failed${unknown}`;
}

function attempts({ attempts: total, production_attempts, unsuccessful_attempts }: SummaryRow): string {
  return `${count(total)}, ${count(production_attempts)} of them in production; ${count(unsuccessful_attempts)} failed or were cancelled`;
}

function leadTime(rows: readonly LeadTimeSummaryRow[]): string {
  if (rows.length === 0) return "no data";
  return rows
    .map(
      ({ basis, median_seconds, n }) =>
        `median ${duration(median_seconds)} from ${basis} to production (n = ${count(n)})`,
    )
    .join("; ");
}

function incidents({
  accepted_incidents,
  candidate_incidents,
  has_incidents,
  waves,
  waves_with_incident_source,
}: SummaryRow): string {
  if (!has_incidents) return "not collected";
  if (waves === 0) return "not live in production";
  const covered =
    waves_with_incident_source < waves
      ? `; no incident source covers ${count(waves - waves_with_incident_source)} of ${some(waves, "production deployment")}`
      : "";
  return `${some(accepted_incidents, "incident")} linked as its effect, ${some(candidate_incidents - accepted_incidents, "weaker candidate")}${covered}`;
}
