import { defineCommand } from "../command.ts";

export const check = defineCommand({
  name: "check",
  summary: "Say where the process was not followed; a gate for pipelines.",
  description:
    "Counts what each control finds and lists what fails, what cannot be judged and what is exempt. Exit code 1 where " +
    "something fails at or above --fail-on, else 0: what is unknown is listed and stops nothing. A release is judged by itself, its " +
    "deployments and their change requests. docs/controls.md says what controls and statuses are.",
  positionals: [],
  options: {
    service: { type: "string", value: "name", description: "Units of this service only." },
    release: { type: "string", value: "service@version", description: "What belongs to this release only." },
    since: { type: "string", value: "day", description: "Units of this day and later; those without a date are left out then." },
    control: { type: "string", multiple: true, value: "id", description: "Only this control; may be given more than once." },
    framework: { type: "string", value: "name", description: "Controls that give evidence for this framework only." },
    "fail-on": {
      type: "string",
      value: "severity",
      description: "critical, high, medium or low: exit code 1 only for a control as severe or more; left out = any.",
    },
    format: { type: "string", value: "name", description: "table, json, junit or sarif; left out = table." },
    limit: { type: "string", value: "n", description: "At most so many units a control in a table; left out = 20." },
  },
  examples: [
    ["quarterdeck check", "every control over everything known"],
    ["quarterdeck check --release payments@2.4.0 --fail-on high", "a gate after a release"],
    ["quarterdeck check --since 2026-06-01 --format junit", "for the tests page of a CI"],
  ],
});
