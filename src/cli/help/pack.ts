import { defineCommand } from "../command.ts";

export const pack = defineCommand({
  name: "pack",
  summary: "Write a PDF pack of a release.",
  description:
    "Writes one PDF with its evidence attached, its tables as CSV and a manifest of hashes. The same database, " +
    "configuration and as-of instant give the same bytes.",
  positionals: [
    { name: "kind", description: "release.", isRequired: true },
    { name: "service", description: "Service; left out = every service." },
    { name: "version", description: "Version; left out = the last one that went live." },
  ],
  options: {
    output: {
      type: "string",
      short: "o",
      value: "folder",
      description: "Where to write; left out = `packs` in the output folder.",
    },
  },
  examples: [
    ["quarterdeck pack release payments 2.4.0", "what went live with a release"],
    ["quarterdeck pack release payments", "the last release of a service"],
    ["quarterdeck pack release", "the last release of every service"],
  ],
});
