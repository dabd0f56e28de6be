/** What the page of definitions says of what is no metric. */
export interface CorrelationText {
  readonly slug: string;
  readonly title: string;
  readonly definition: readonly string[];
  readonly example: string;
  /** Relations whose SQL makes it, in the order the data flows. */
  readonly relations: readonly string[];
}

export const CORRELATION: readonly CorrelationText[] = [
  {
    slug: "incident-links",
    title: "Incident links",
    definition: [
      "From which deployment an incident may come, by evidence that keeps its reasons in words. Stated: a person, the field for causes, a label or a line “Caused by” names it. Strong: a text names it, it was rolled back or one of its changes reverted while the incident was open, or a fix names both. Likely and weak: the incident began soon after it; likely from the threshold on.",
      "Of each kind the strongest piece counts, and kinds combine as independent evidence: 1 - product of (1 - strength). Nearness in time is weighed against how often something is near by chance. Of a cause that the standard list calls outside, such as a provider, time alone says nothing.",
      "One cause per incident: the best link at or over the threshold; several only where they are stated. Without one, no change was found: nothing is forced. What a person confirms, rejects or names wins, and how many failures people rejected stands beside the change fail rate.",
    ],
    example:
      "An incident that began 6 h after a deployment of a service deployed twice a week: 0.9 × 0.061 / (0.061 + 3.3 × 0.012) = 0.55, likely. It was rolled back as well, 0.9: 1 - 0.45 × 0.1 = 0.95, strong.",
    relations: ["correlation.evidence_time", "correlation.incident_candidate", "correlation.incident_link", "correlation.incident_link_reason"],
  },
  {
    slug: "risk-patterns",
    title: "Risk patterns",
    definition: [
      "Which habits go with failed deployments. For each attribute, the failure rate of deployments with and without it: relative risk with a 95 % interval, risk difference, Fisher’s exact two-sided p; of numbers the highest quarter against the lowest, and a trend over all four.",
      "It is called found only where enough was deployed, the test holds within services and within halves of the history, not by a few bad days or weeks alone, in the same direction in both halves, and with q (Benjamini and Hochberg, over everything tested) at or below the limit. What is tested and not found is listed; everything else is not enough evidence.",
      "A pattern is an association, not a cause: it says where to look.",
    ],
    example:
      "Of 40 deployments on Fridays 16 failed, of 160 on other days 16: 40 % against 10 %, a relative risk of 4.0. With one test that would be found; among ninety it must stand out further.",
    relations: ["correlation.pattern_test", "correlation.risk_pattern"],
  },
];
