import type { Random } from "./random.ts";
import type { Service } from "./services.ts";

const VERBS = [
  "Add",
  "Fix",
  "Simplify",
  "Speed up",
  "Test",
  "Validate",
  "Log",
  "Rework",
  "Tune",
  "Extend",
  "Remove unused parts of",
  "Handle errors in",
];
const DEPENDENCIES = [
  "spring-boot",
  "jackson",
  "react",
  "vite",
  "netty",
  "postgresql-jdbc",
  "opentelemetry",
  "log4j",
  "okhttp",
  "zod",
];
const SYMPTOMS = [
  "fails for some customers",
  "is slow",
  "shows wrong values",
  "times out",
  "is unavailable",
  "answers with errors",
];
const OUTSIDE_CAUSES = [
  { classification: "third party", cause: "Provider had an outage", title: "Provider of" },
  { classification: "infrastructure", cause: "Storage node was replaced", title: "Degraded storage under" },
  { classification: "capacity", cause: "More load than planned on pay day", title: "Pay-day load on" },
  { classification: "certificate", cause: "Certificate ran out", title: "Expired certificate of" },
] as const;

export const changeTitle = (draw: Random, service: Service) =>
  `${draw.pick(VERBS)} ${draw.pick(service.subjects)}`;

export function dependencyTitle(draw: Random): string {
  return `Bump ${draw.pick(DEPENDENCIES)} to ${draw.integer(1, 9)}.${draw.integer(0, 30)}.${draw.integer(0, 9)}`;
}

export function symptom(draw: Random, service: Service): string {
  const subject = draw.pick(service.subjects);
  return `${subject.charAt(0).toUpperCase()}${subject.slice(1)} ${draw.pick(SYMPTOMS)}`;
}

export const outsideCause = (draw: Random) => draw.pick(OUTSIDE_CAUSES);

/** `Add IBAN checks` -> `add-iban-checks` */
export const slug = (title: string) =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
