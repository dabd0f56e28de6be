import type { MessageKey } from "../text/catalogue.ts";
import { t } from "../text/message.ts";

/** Says what SQL tells by a fixed word; a word that is not known, such as one of an organisation's own, stays as it is. */
const said = (words: Readonly<Record<string, MessageKey>>) => {
  const keys = new Map(Object.entries(words));
  return (value: string): string => {
    const key = keys.get(value);
    return key === undefined ? value : t(key);
  };
};

export const calendarKind = said({
  blackout: "calendar-kind.blackout",
  freeze: "calendar-kind.freeze",
  maintenance: "calendar-kind.maintenance",
  milestone: "calendar-kind.milestone",
  peak: "calendar-kind.peak",
  release: "calendar-kind.release",
  stabilisation: "calendar-kind.stabilisation",
});

export const waveKind = said({
  deployment: "wave-kind.deployment",
  redeployment: "wave-kind.redeployment",
  rollback: "wave-kind.rollback",
});

/** A deployment around an incident, or what became of the incident itself. */
export const incidentStep = said({
  began: "incident-step.began",
  detected: "incident-step.detected",
  acknowledged: "incident-step.acknowledged",
  mitigated: "incident-step.mitigated",
  resolved: "incident-step.resolved",
  deployment: "wave-kind.deployment",
  redeployment: "wave-kind.redeployment",
  rollback: "wave-kind.rollback",
});

/** How sure it is that a deployment caused an incident. */
export const linkClass = said({
  stated: "link-class.stated",
  strong: "link-class.strong",
  likely: "link-class.likely",
  weak: "link-class.weak",
});

export const comparison = said({
  better: "comparison.better",
  worse: "comparison.worse",
  "no clear difference": "comparison.no-clear-difference",
  "not enough evidence": "comparison.not-enough-evidence",
  "no data": "word.no-data",
});

export const controlSeverity = said({
  critical: "severity.critical",
  high: "severity.high",
  medium: "severity.medium",
  low: "severity.low",
});

/** What a control judges. */
export const unitKind = said({
  deployment: "unit.deployment",
  change_request: "unit.change-request",
  release: "unit.release",
  incident: "unit.incident",
  source: "unit.source",
  period: "unit.period",
  exemption: "unit.exemption",
});

export const controlStatus = said({
  pass: "status.pass",
  fail: "status.fail",
  unknown: "status.unknown",
  exempt: "status.exempt",
  not_applicable: "status.not-applicable",
  not_due: "status.not-due",
});

export const exemptionState = said({
  "in force": "exemption-state.in-force",
  "not begun": "exemption-state.not-begun",
  ended: "exemption-state.ended",
  void: "exemption-state.void",
});

export const scopeKind = said({
  organisation: "scope.organisation",
  team: "scope.team",
  service: "scope.service",
});

/** Where the lead time of a change goes. */
export const stageWord = said({
  coding: "stage.coding",
  pickup: "stage.pickup",
  review: "stage.review",
  "no review": "stage.no-review",
  "merge to live": "stage.merge-to-live",
});

/** What became of an attempt to deploy. */
export const attemptStatus = said({
  success: "attempt-status.success",
  failure: "attempt-status.failure",
  cancelled: "attempt-status.cancelled",
  skipped: "attempt-status.skipped",
  in_progress: "attempt-status.in-progress",
});

/** What became of asking a source. */
export const runStatus = said({
  ok: "run-status.ok",
  running: "run-status.running",
  interrupted: "run-status.interrupted",
  incomplete: "run-status.incomplete",
  stopped: "run-status.stopped",
  skipped: "run-status.skipped",
  failed: "word.failed",
});

export const judgementKind = said({
  exclusion: "judgement-kind.exclusion",
  "local rule": "judgement-kind.local-rule",
  completeness: "judgement-kind.completeness",
  exemption: "judgement-kind.exemption",
  other: "judgement-kind.other",
});

/** What changed between two builds. */
export const changedKind = said({
  configuration: "changed-kind.configuration",
  "local rule": "changed-kind.local-rule",
  product: "changed-kind.product",
});
