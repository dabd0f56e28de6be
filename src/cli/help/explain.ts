import { defineCommand } from "../command.ts";

export const explain = defineCommand({
  name: "explain",
  summary: "Say what a metric or control means, how it is computed, and show the rows behind it.",
  description:
    "Prints the definition, the version of the rule, the SQL, and the rows that made the number. Of a control and a unit: what it says of it " +
    "and why, the records that it looked at and when they were collected, exemptions, and what to do.",
  positionals: [
    { name: "name", description: "Metric, relation or control, or a unit, such as a deployment: what all controls say of it. Left out = list them." },
    { name: "unit", description: "What the control judged, such as a deployment, by its id." },
  ],
  options: {
    service: { type: "string", value: "name", description: "Rows of this service only." },
    limit: { type: "string", value: "n", description: "At most so many rows; left out = 20." },
    sql: { type: "boolean", description: "Of a control: its SQL too." },
    json: { type: "boolean", description: "As JSON, for another program." },
  },
  examples: [
    ["quarterdeck explain", "list what can be explained"],
    ["quarterdeck explain change_fail_rate", "the definition of a metric"],
    ["quarterdeck explain AUT-01 ci:4711", "why a control says what it says of a deployment"],
    ["quarterdeck explain ci:4711", "what all controls say of a deployment"],
    ["quarterdeck explain change_lead_time --service payments", "and the changes behind it"],
  ],
});
