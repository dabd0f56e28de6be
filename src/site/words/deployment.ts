import type {
  DeploymentApprovalRow,
  DeploymentChangeRow,
  DeploymentMonthRow,
  DeploymentRequestRow,
  DeploymentRow,
  DeploymentRunRow,
  EvidenceRow,
} from "../deployment-rows.ts";
import { count, duration, monthName, plural } from "../format.ts";
import type { Clock } from "../format.ts";
import type { AttemptRow } from "../rows.ts";

/** What a month of a service was like, in one to three sentences. */
export function monthSentences(title: string, row: DeploymentMonthRow): string[] {
  const when = `In ${monthName(row.month)}, ${title}`;
  const live = row.deployments
    ? `${when} was deployed to production ${plural(row.deployments, "time", "times")}`
    : `${when} was not deployed to production`;
  return [`${live}${row.deployments ? `; ${outcomesOf(row)}` : ""}.`, attemptSentence(row)].filter(
    (sentence) => sentence !== "",
  );
}

/** `2 failed, 1 pending`: what is known of the outcomes. */
function outcomesOf({ failed, rollbacks, pending, unknown }: DeploymentMonthRow): string {
  const parts = [
    failed ? `${unknown ? "at least " : ""}${count(failed)} failed` : "none is known to have failed",
    rollbacks ? plural(rollbacks, "was a rollback", "were rollbacks") : "",
    pending ? plural(pending, "is pending", "are pending") : "",
    unknown ? `${count(unknown)} ${unknown === 1 ? "has" : "have"} an unknown outcome` : "",
  ];
  return parts.filter((part) => part !== "").join(", ");
}

/** How often the pipeline had to be run again. */
export function attemptSentence({ never_live, retried }: { never_live: number; retried: number }): string {
  if (!never_live) return "";
  const began = `${plural(never_live, "attempt", "attempts")} never went live`;
  if (!retried) return `${began}.`;
  const again = retried === never_live ? (never_live === 1 ? "it" : "all") : count(retried);
  return `${began}; ${again} ${retried === 1 ? "was" : "were"} run again until the version was live.`;
}

/** What is not collected at all, and what it would show; said once a page. */
export function missingEvidence(evidence: EvidenceRow): string[] {
  const missing = [
    !evidence.has_deployment_approvals && "deployment approvals (who let it go live)",
    !evidence.has_change_requests && "change requests (what authorised it)",
    !evidence.has_pipeline_runs && "pipeline runs (how it was built and rolled out)",
    !evidence.has_calendar_windows && "calendar windows (freezes and maintenance)",
    !evidence.incidents && !evidence.has_incident_coverage && "incidents (whether it failed)",
  ].filter((text) => typeof text === "string");
  return missing.length
    ? [`Not collected: ${missing.join("; ")}. A source of them would show them here.`]
    : [];
}

export function deploymentKind({ kind, rollback_recognised_by }: DeploymentRow): string {
  if (kind === "redeployment") return "redeployment of what was live";
  if (kind === "rollback") return `rollback (${rollback_recognised_by ?? "recognised"})`;
  return "deployment";
}

/** What became of it; whether it failed is said before. */
export function deploymentOutcome(wave: DeploymentRow, clock: Clock): string[] {
  const words: string[] = [];
  if (wave.is_failure) words.push(wave.failure_reasons.join("; "), recovery(wave));
  else if (wave.outcome === "known") words.push("no failure is known");
  if (wave.outcome === "pending" && wave.pending_until)
    words.push(`pending until ${clock.minute(wave.pending_until)}`);
  if (wave.outcome === "unknown") words.push("unknown: no incident source covers the service in these days");
  if (wave.is_rework) words.push(`counts as rework: ${wave.rework_reasons.join("; ")}`);
  return words.filter((word) => word !== "");
}

function recovery({
  recovery_seconds: seconds,
  open_seconds: open,
  is_during_rollout: isDuring,
}: DeploymentRow): string {
  if (seconds !== null)
    return isDuring ? "restored during the rollout" : `restored after ${duration(seconds)}`;
  return open === null ? "" : `not restored for ${duration(open)}`;
}

/** Where it went, how long that took, who started it. */
export function rollout(wave: DeploymentRow): string {
  const words = [
    wave.copies > 1 ? `${wave.environments}, ${count(wave.copies)} copies` : wave.environments,
    wave.duration_seconds !== null && `took ${duration(wave.duration_seconds)}`,
    wave.off_main_line !== null && `from ${wave.off_main_line}, off the main line`,
    wave.failed_attempts > 0 &&
      `after ${plural(wave.failed_attempts, "attempt", "attempts")} that did not go live`,
    wave.deployer !== null && `by ${wave.deployer}`,
  ];
  return words.filter((word) => typeof word === "string").join(", ");
}

/** What is told of a pipeline run behind its name. */
export function runWords(run: DeploymentRunRow): string {
  if (run.attempts === null) return "not described by any source";
  const words = [
    run.trigger,
    plural(run.attempts, "attempt", "attempts"),
    run.unsuccessful_attempts ? `${count(run.unsuccessful_attempts)} without success` : null,
    run.conclusion === null ? "conclusion not recorded" : `concluded ${run.conclusion}`,
    run.failed_jobs === null ? null : `failed jobs: ${run.failed_jobs}`,
  ];
  return words.filter((word) => word !== null).join(", ");
}

export function requestWords(request: DeploymentRequestRow, clock: Clock): string {
  const { planned_start: from, planned_end: until, timing } = request;
  const window =
    from && until
      ? `deployed ${timing}, ${clock.minute(from)} to ${clock.minute(until)}`
      : from || until
        ? `deployed ${timing}`
        : timing;
  const words = [
    request.type ?? "type not recorded",
    request.risk && `${request.risk} risk`,
    window,
    request.has_rollback_plan ? "with a rollback plan" : elsewhere("rollback plan", request.rollback_plan_ids),
    request.reviewed_at
      ? `reviewed afterwards on ${clock.day(request.reviewed_at)}`
      : elsewhere("post-implementation review", request.review_ids),
  ];
  return words.filter((word) => word !== null && word !== "").join("; ");
}

/** What the request does not hold may have a record of its own. */
const elsewhere = (what: string, records: readonly string[]) =>
  records.length === 0 ? `no ${what} is recorded` : `${what} not in the request; recorded as ${records.join(", ")}`;

export function approvalWords(approval: DeploymentApprovalRow, clock: Clock): string {
  const { kind, subject, decision, is_bot: isBot, role, decided_at: at, timing } = approval;
  const by = approval.approver ?? (approval.has_approver ? null : "somebody not recorded");
  const words = [
    kind === "deployment" ? decision : `${subject} ${decision}`,
    isBot ? "automatically" : null,
    by && `by ${by}`,
    role && `as ${role}`,
    at && clock.minute(at),
  ];
  const derived = approval.is_derived ? ", time derived" : "";
  return `${words.filter((word) => word !== null && word !== "").join(" ")} (${timing}${derived})`;
}

/** `3.1 d: coding 1 d, waiting for review 2 h, ...` */
export function leadWords(change: DeploymentChangeRow): string {
  const words = [leadTime(change)];
  if (change.picked_as !== null) words.push(`came as cherry-pick ${change.picked_as.slice(0, 10)}`);
  return words.join("; ");
}

const FROM: Readonly<Record<string, string>> = { merge: " from its merge", opened: " from its opening" };

function leadTime(change: DeploymentChangeRow): string {
  if (change.excluded_reason !== null) return `not counted: ${change.excluded_reason}`;
  if (change.lead_seconds === null)
    return change.is_before_history
      ? "lead time unknown: may have shipped before the known history"
      : "lead time unknown";
  const total = `${duration(change.lead_seconds)}${FROM[change.basis ?? ""] ?? ""}`;
  return `${total}: ${stages(change).join(", ")}`;
}

function stages(change: DeploymentChangeRow): string[] {
  const review = change.has_review
    ? [
        ["waiting for review", change.pickup_seconds],
        ["review", change.review_seconds],
      ]
    : [["no review", change.no_review_seconds]];
  const all = [
    ["coding", change.basis === "first commit" ? change.coding_seconds : null],
    ...(change.basis === "merge" ? [] : review),
    ["merge to live", change.merge_to_live_seconds],
  ] as const;
  return all.flatMap(([name, seconds]) =>
    typeof seconds === "number" ? [`${name ?? ""} ${duration(seconds)}`] : [],
  );
}

/** All deployments in short. */
export function deploymentsSentences(evidence: EvidenceRow): string[] {
  const { deployments, failed, deployed_services: services, first_deployment_month: first } = evidence;
  if (first === null)
    return ["No production deployment is known: connect a source of deployments or release tags."];
  return [
    `${plural(deployments, "deployment", "deployments")} of ${plural(services, "service", "services")} went live in production since ${monthName(first)}; ${failed ? count(failed) : "none"} ${failed === 1 ? "is" : "are"} known to have failed.`,
    attemptSentence(evidence),
  ].filter((sentence) => sentence !== "");
}

/** Attempts of a service that never went live: how many, of how many, and what became of them. */
export function attemptsNote([first]: readonly AttemptRow[]): string {
  if (!first) return "";
  const { attempts, attempts_in_all: all, retried } = first;
  const again = retried
    ? ` ${count(retried)} of them ${retried === 1 ? "was" : "were"} run again until the version was live.`
    : "";
  return `Not counted. ${count(attempts)} of ${plural(all, "attempt", "attempts")} in production.${again}`;
}
