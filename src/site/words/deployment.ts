import type {
  DeploymentApprovalRow,
  DeploymentChangeRow,
  DeploymentMonthRow,
  DeploymentRequestRow,
  DeploymentRow,
  DeploymentRunRow,
  EvidenceRow,
} from "../deployment-rows.ts";
import { count, duration, monthName } from "../format.ts";
import type { Clock } from "../format.ts";
import type { AttemptRow } from "../rows.ts";
import { t } from "../text/message.ts";
import { named, type Names } from "./named.ts";

const joined = (parts: readonly (string | null | false)[], between: string): string =>
  parts.filter((part) => typeof part === "string" && part !== "").join(between);

/** What a month of a service was like, in one to three sentences. */
export function monthSentences(title: string, row: DeploymentMonthRow): string[] {
  const about = { month: monthName(row.month), service: title };
  const live = row.deployments
    ? t("deployments.month", { ...about, deployments: row.deployments, outcomes: outcomesOf(row) })
    : t("deployments.month-without", about);
  return [live, attemptSentence(row)].filter((sentence) => sentence !== "");
}

/** `2 failed, 1 pending`: what is known of the outcomes. */
function outcomesOf({ failed, rollbacks, pending, unknown }: DeploymentMonthRow): string {
  const failures = { failed: count(failed) };
  const parts = [
    !failed && t("deployments.none-failed"),
    failed > 0 && (unknown ? t("deployments.at-least-failed", failures) : t("deployments.failed", failures)),
    rollbacks > 0 && t("deployments.rollbacks", { rollbacks }),
    pending > 0 && t("deployments.pending", { pending }),
    unknown > 0 && t("deployments.unknown", { unknown }),
  ];
  return joined(parts, ", ");
}

/** How often the pipeline had to be run again. */
export function attemptSentence({
  never_live: attempts,
  retried,
}: {
  never_live: number;
  retried: number;
}): string {
  if (!attempts) return "";
  if (!retried) return t("attempts.never-live", { attempts });
  return retried === attempts
    ? t("attempts.all-run-again", { attempts })
    : t("attempts.some-run-again", { attempts, retried });
}

/** What is not collected at all, and what it would show; said once a page. */
export function missingEvidence(evidence: EvidenceRow): string[] {
  const missing = [
    !evidence.has_deployment_approvals && t("not-collected.approvals"),
    !evidence.has_change_requests && t("not-collected.change-requests"),
    !evidence.has_pipeline_runs && t("not-collected.pipeline-runs"),
    !evidence.has_calendar_windows && t("not-collected.calendar-windows"),
    !evidence.incidents && !evidence.has_incident_coverage && t("not-collected.incidents"),
  ];
  const kinds = joined(missing, "; ");
  return kinds === "" ? [] : [t("not-collected.kinds", { kinds })];
}

const RECOGNISED: Names = {
  stated: "rollback.stated",
  "older commit": "rollback.older-commit",
  "last good commit after a failed attempt": "rollback.last-good-commit",
};

export function deploymentKind({ kind, rollback_recognised_by: by }: DeploymentRow): string {
  if (kind === "redeployment") return t("deployment.is-redeployment");
  if (kind === "rollback")
    return t("deployment.is-rollback", {
      by: by === null ? t("rollback.recognised") : named(RECOGNISED, by),
    });
  return t("deployment.is-deployment");
}

/** What became of it; whether it failed is said before. */
export function deploymentOutcome(wave: DeploymentRow, clock: Clock): string[] {
  const words: string[] = [];
  if (wave.is_failure) words.push(wave.failure_reasons.join("; "), recovery(wave));
  else if (wave.outcome === "known") words.push(t("deployment.no-failure"));
  if (wave.outcome === "pending" && wave.pending_until)
    words.push(t("deployment.pending-until", { time: clock.minute(wave.pending_until) }));
  if (wave.outcome === "unknown") words.push(t("deployment.outcome-unknown"));
  if (wave.is_rework) words.push(t("deployment.is-rework", { reasons: wave.rework_reasons.join("; ") }));
  return words.filter((word) => word !== "");
}

function recovery({
  recovery_seconds: seconds,
  open_seconds: open,
  is_during_rollout: isDuring,
}: DeploymentRow): string {
  if (seconds !== null)
    return isDuring
      ? t("deployment.restored-during-rollout")
      : t("deployment.restored-after", { time: duration(seconds) });
  return open === null ? "" : t("deployment.not-restored", { time: duration(open) });
}

/** Where it went, how long that took, who started it. */
export function rollout(wave: DeploymentRow): string {
  const {
    environments,
    copies,
    duration_seconds: took,
    off_main_line: branch,
    failed_attempts: failed,
    deployer,
  } = wave;
  const words = [
    copies > 1 ? t("rollout.copies", { environments, copies: count(copies) }) : environments,
    took !== null && t("rollout.took", { time: duration(took) }),
    branch !== null && t("rollout.off-main-line", { branch }),
    failed > 0 && t("rollout.after-attempts", { attempts: failed }),
    deployer !== null && t("rollout.by", { deployer }),
  ];
  return words.filter((word) => typeof word === "string").join(", ");
}

/** What is told of a pipeline run behind its name. */
export function runWords(run: DeploymentRunRow): string {
  const { trigger, attempts, unsuccessful_attempts: failed, conclusion, failed_jobs: jobs } = run;
  if (attempts === null) return t("run.not-described");
  const words = [
    trigger,
    t("run.attempts", { attempts }),
    failed ? t("run.without-success", { attempts: count(failed) }) : null,
    conclusion === null ? t("run.no-conclusion") : t("run.concluded", { conclusion }),
    jobs === null ? null : t("run.failed-jobs", { jobs }),
  ];
  return words.filter((word) => word !== null).join(", ");
}

const WINDOWS: Names = {
  "no window planned": "request.no-window",
  "before the planned window": "request.before-window",
  "after the planned window": "request.after-window",
  "in the planned window": "request.in-window",
};

export function requestWords(request: DeploymentRequestRow, clock: Clock): string {
  const { type, risk, planned_start: from, planned_end: until, reviewed_at: reviewed } = request;
  const timing = named(WINDOWS, request.timing);
  const window =
    from && until
      ? t("request.deployed-in", { timing, from: clock.minute(from), until: clock.minute(until) })
      : from || until
        ? t("request.deployed", { timing })
        : timing;
  const words = [
    type ?? t("request.no-type"),
    risk && t("request.risk", { risk }),
    window,
    request.has_rollback_plan ? t("request.has-rollback-plan") : rollbackPlan(request.rollback_plan_ids),
    reviewed ? t("request.reviewed", { day: clock.day(reviewed) }) : review(request.review_ids),
  ];
  return joined(words, "; ");
}

/** What the request does not hold may have a record of its own. */
const rollbackPlan = (records: readonly string[]) =>
  records.length === 0
    ? t("request.no-rollback-plan")
    : t("request.rollback-plan-elsewhere", { records: records.join(", ") });

const review = (records: readonly string[]) =>
  records.length === 0
    ? t("request.no-review")
    : t("request.review-elsewhere", { records: records.join(", ") });

const DECISIONS: Names = { approved: "approval.approved", rejected: "approval.rejected" };
const DECIDED: Names = {
  "time not recorded": "approval.no-time",
  "before the start": "approval.before-start",
  "after the start": "approval.after-start",
};

export function approvalWords(approval: DeploymentApprovalRow, clock: Clock): string {
  const { kind, subject, is_bot: isBot, role, decided_at: at } = approval;
  const by = approval.approver ?? (approval.has_approver ? null : t("approval.by-somebody"));
  const decision = named(DECISIONS, approval.decision);
  const said = {
    decision: kind === "deployment" ? decision : t("approval.of-request", { subject, decision }),
    automatically: isBot ? t("approval.automatically") : "",
    by: by ? t("approval.by", { approver: by }) : "",
    role: role ? t("approval.as-role", { role }) : "",
    at: at ? t("approval.at", { time: clock.minute(at) }) : "",
    timing: named(DECIDED, approval.timing),
    derived: approval.is_derived ? t("approval.time-derived") : "",
  };
  return t("approval.words", said);
}

/** `3.1 d: coding 1 d, waiting for review 2 h, ...` */
export function leadWords(change: DeploymentChangeRow): string {
  const { picked_as: picked } = change;
  return joined(
    [leadTime(change), picked !== null && t("lead.cherry-pick", { commit: picked.slice(0, 10) })],
    "; ",
  );
}

function leadTime(change: DeploymentChangeRow): string {
  const { excluded_reason: reason, lead_seconds: seconds, basis } = change;
  if (reason !== null) return t("lead.not-counted", { reason });
  if (seconds === null) return t(change.is_before_history ? "lead.before-history" : "lead.unknown");
  const lead = { time: duration(seconds), stages: stages(change).join(", ") };
  if (basis === "merge") return t("lead.from-merge", lead);
  return t(basis === "opened" ? "lead.from-opening" : "lead.from-commit", lead);
}

function stages(change: DeploymentChangeRow): string[] {
  const review = change.has_review
    ? ([
        ["lead-stage.pickup", change.pickup_seconds],
        ["lead-stage.review", change.review_seconds],
      ] as const)
    : ([["lead-stage.no-review", change.no_review_seconds]] as const);
  const all = [
    ["lead-stage.coding", change.basis === "first commit" ? change.coding_seconds : null],
    ...(change.basis === "merge" ? [] : review),
    ["lead-stage.merge-to-live", change.merge_to_live_seconds],
  ] as const;
  return all.flatMap(([stage, seconds]) =>
    typeof seconds === "number" ? [t("lead.stage", { stage: t(stage), time: duration(seconds) })] : [],
  );
}

/** All deployments in short. */
export function deploymentsSentences(evidence: EvidenceRow): string[] {
  const { deployments, failed, deployed_services: services, first_deployment_month: first } = evidence;
  if (first === null) return [t("deployments.none")];
  return [
    t("deployments.all", { deployments, services, first: monthName(first), failed }),
    attemptSentence(evidence),
  ].filter((sentence) => sentence !== "");
}

/** Attempts of a service that never went live: how many, of how many, and what became of them. */
export function attemptsNote([first]: readonly AttemptRow[]): string {
  if (!first) return "";
  const { attempts, attempts_in_all: all, retried } = first;
  return joined(
    [
      t("attempts.not-counted", { attempts: count(attempts), all }),
      retried > 0 && t("attempts.of-them-run-again", { retried }),
    ],
    " ",
  );
}
