import type { MetricKey } from "./rows.ts";

/** What pages say about a metric. What it *is* says its query. */
export interface MetricText {
  readonly key: MetricKey;
  readonly slug: string;
  readonly title: string;
  /** Its name over a column. */
  readonly short: string;
  /** Title of its chart: the question that it answers. */
  readonly question: string;
  /** What to connect where nothing is known yet. */
  readonly needs: string;
  /** What is counted, one and many, after "n =". */
  readonly fact: string;
  readonly facts: string;
  readonly higherIsBetter: boolean;
  readonly isDuration: boolean;
  /** Words for a higher and a lower value. */
  readonly up: string;
  readonly down: string;
  readonly definition: readonly string[];
  readonly example: string;
  /** Relations whose SQL makes the number, in the order the data flows. */
  readonly relations: readonly string[];
}

export const METRICS: readonly MetricText[] = [
  {
    key: "deployment_frequency",
    slug: "deployment-frequency",
    title: "Deployment frequency",
    short: "Frequency",
    question: "How often do we ship to production?",
    needs: "no production deployment is known: connect a source of deployments or release tags",
    fact: "deployment",
    facts: "deployments",
    higherIsBetter: true,
    isDuration: false,
    up: "more often",
    down: "less often",
    definition: [
      "Waves that went live in production, divided by the days of the period in which the service was active. A wave is one deployment to all copies of an environment: it is counted once, at the end of its first success.",
      "Redeployments and rollbacks count. Skipped runs and attempts that never went live do not; the latter are listed apart.",
    ],
    example:
      "A service was live all 92 days of a quarter and had 46 waves: 46 / 92 = 0.5 per day, shown as 3.5 per week. Deploying the same version to three regions within six hours is one wave.",
    relations: ["model.deployment", "model.wave", "metrics.deployment_frequency"],
  },
  {
    key: "change_lead_time",
    slug: "change-lead-time",
    title: "Change lead time",
    short: "Lead time",
    question: "How long does a change take to reach production?",
    needs: "no shipped change is known: connect a source of deployments and one of changes or commits",
    fact: "change shipped",
    facts: "changes shipped",
    higherIsBetter: false,
    isDuration: true,
    up: "longer",
    down: "shorter",
    definition: [
      "The median time from a change's first commit to the end of the first production wave that contains it. Containment follows the commit graph, not the clock.",
      "The stages coding, waiting for review, review and merge to live add up to the median. A change without a review has no review stage, rather than one of zero length. Changes merged and not yet deployed are listed beside the figure.",
    ],
    example:
      "First commit on Monday 09:00, pull request opened Tuesday 09:00, first review Tuesday 15:00, merged Wednesday 09:00, live Wednesday 11:00: lead time 2 d 2 h, of which coding 24 h, waiting for review 6 h, review 18 h, merge to live 2 h.",
    relations: [
      "model.change",
      "model.wave_change",
      "metrics.lead_time_fact",
      "metrics.change_lead_time",
      "metrics.lead_time_stage",
    ],
  },
  {
    key: "change_fail_rate",
    slug: "change-fail-rate",
    title: "Change fail rate",
    short: "Fail rate",
    question: "How many deployments fail?",
    needs: "no outcome is known: connect a source of deployments and one of incidents",
    fact: "deployment with known outcome",
    facts: "deployments with known outcome",
    higherIsBetter: false,
    isDuration: false,
    up: "higher",
    down: "lower",
    definition: [
      "Deployments that failed, divided by deployments whose outcome is known. A deployment failed if it is the accepted cause of an incident, if it was rolled back, or if it first shipped a change that a later production revert or fix names.",
      "Deployments younger than the observation window are pending and not counted yet. Where no incident source covers the service the outcome is unknown, and the figure says so rather than show zero.",
    ],
    example:
      "48 waves in a quarter; 3 are pending; of the other 45, one was rolled back and four caused an incident: 5 / 45 = 11.1 %.",
    relations: ["correlation.incident_link", "metrics.wave_outcome", "metrics.outcome_rate"],
  },
  {
    key: "failed_deployment_recovery_time",
    slug: "failed-deployment-recovery-time",
    title: "Failed deployment recovery time",
    short: "Recovery",
    question: "How fast is a failed deployment repaired?",
    needs: "no recovery is known: connect a source of deployments and one of incidents",
    fact: "recovery",
    facts: "recoveries",
    higherIsBetter: false,
    isDuration: true,
    up: "longer",
    down: "shorter",
    definition: [
      "The median time from a failed deployment going live to its restoration: when the incident was mitigated, else the earlier of the restoring deployment's end and the incident's resolution.",
      "Filed under the period of restoration. A failure restored before the wave was complete counts as zero and is marked “during rollout”; failures still open are shown with their age and not counted.",
    ],
    example: "Live at 14:00, incident mitigated at 14:50, follow-up release at 16:30: recovery took 50 min.",
    relations: ["metrics.wave_outcome", "metrics.recovery_fact", "metrics.recovery_time"],
  },
  {
    key: "deployment_rework_rate",
    slug: "deployment-rework-rate",
    title: "Deployment rework rate",
    short: "Rework",
    question: "How many deployments only repair?",
    needs: "no outcome is known: connect a source of deployments and one of incidents",
    fact: "deployment with known outcome",
    facts: "deployments with known outcome",
    higherIsBetter: false,
    isDuration: false,
    up: "higher",
    down: "lower",
    definition: [
      "Unplanned repairs, divided by deployments whose outcome is known. Rework is a rollback, a deployment that states it (label, branch, or an emergency request with an incident), or one in which every change is a revert or fix tied to an accepted incident.",
      "A planned deployment that also carries a fix is counted beside, not in.",
    ],
    example:
      "45 waves with known outcome, of which two were rollbacks and one was labelled hotfix: 3 / 45 = 6.7 %.",
    relations: ["metrics.wave_outcome", "metrics.outcome_rate"],
  },
];

export function metricText(key: MetricKey): MetricText {
  const found = METRICS.find((metric) => metric.key === key);
  if (!found) throw new Error(`unknown metric ${key}`);
  return found;
}
