import { defineCommand } from "../command.ts";

export const evaluateLinks = defineCommand({
  name: "evaluate-links",
  summary: "Say how good the links between incidents and deployments are, against a file of known causes.",
  description:
    "Reads a CSV with the columns incident and deployment: one row per incident and its cause, deployment empty where no change caused it. " +
    "Prints precision, recall, calibration per class, and the threshold with the highest F1. The word of people is left out. Exit code 1 where the file names what is not known.",
  positionals: [
    { name: "labelled.csv", description: "File of incidents whose cause is known.", isRequired: true },
  ],
  options: {
    json: { type: "boolean", description: "As JSON, with the whole curve, for another program." },
  },
  examples: [
    ["quarterdeck evaluate-links labelled.csv", "precision and recall, and the threshold to try"],
    ["quarterdeck evaluate-links labelled.csv --json", "with precision and recall at every threshold"],
  ],
});
