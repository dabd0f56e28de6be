import type { MetricKey } from "./rows.ts";
import { t } from "./text/message.ts";

/** What pages say about a metric. What it *is* says its query. */
export interface MetricText {
  readonly key: MetricKey;
  readonly slug: Slug;
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
  /** What is counted, as it is called where there are so many. */
  readonly factsOf: (n: number) => string;
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

type Slug =
  | "deployment-frequency"
  | "change-lead-time"
  | "change-fail-rate"
  | "failed-deployment-recovery-time"
  | "deployment-rework-rate";

type Facts = Pick<MetricText, "key" | "slug" | "higherIsBetter" | "isDuration" | "relations">;

/** Read when they are asked for: which language a site is in is known once it is built. */
function metric({ key, slug, higherIsBetter, isDuration, relations }: Facts): MetricText {
  const factsOf = (n: number) => t(`${slug}.facts`, { n });
  return {
    ...{ key, slug, higherIsBetter, isDuration, relations, factsOf },
    get title() {
      return t(`${slug}.title`);
    },
    get short() {
      return t(`${slug}.short`);
    },
    get question() {
      return t(`${slug}.question`);
    },
    get needs() {
      return t(`${slug}.needs`);
    },
    get fact() {
      return factsOf(1);
    },
    get facts() {
      return factsOf(2);
    },
    get up() {
      return t(`${slug}.higher`);
    },
    get down() {
      return t(`${slug}.lower`);
    },
    get definition() {
      return [t(`${slug}.definition`), t(`${slug}.definition-bounds`)];
    },
    get example() {
      return t(`${slug}.example`);
    },
  };
}

export const METRICS: readonly MetricText[] = [
  metric({
    key: "deployment_frequency",
    slug: "deployment-frequency",
    higherIsBetter: true,
    isDuration: false,
    relations: ["model.deployment", "model.wave", "metrics.deployment_frequency"],
  }),
  metric({
    key: "change_lead_time",
    slug: "change-lead-time",
    higherIsBetter: false,
    isDuration: true,
    relations: [
      "model.change",
      "model.wave_change",
      "metrics.lead_time_fact",
      "metrics.change_lead_time",
      "metrics.lead_time_stage",
    ],
  }),
  metric({
    key: "change_fail_rate",
    slug: "change-fail-rate",
    higherIsBetter: false,
    isDuration: false,
    relations: ["correlation.incident_link", "metrics.wave_outcome", "metrics.outcome_rate"],
  }),
  metric({
    key: "failed_deployment_recovery_time",
    slug: "failed-deployment-recovery-time",
    higherIsBetter: false,
    isDuration: true,
    relations: ["metrics.wave_outcome", "metrics.recovery_fact", "metrics.recovery_time"],
  }),
  metric({
    key: "deployment_rework_rate",
    slug: "deployment-rework-rate",
    higherIsBetter: false,
    isDuration: false,
    relations: ["metrics.wave_outcome", "metrics.outcome_rate"],
  }),
];

export function metricText(key: MetricKey): MetricText {
  const found = METRICS.find((text) => text.key === key);
  if (!found) throw new Error(`unknown metric ${key}`);
  return found;
}
