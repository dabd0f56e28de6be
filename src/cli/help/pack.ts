import { defineCommand } from "../command.ts";
import { packOptions } from "./issuing.ts";

export const pack = defineCommand({
  name: "pack",
  summary: "Write a PDF pack of a release.",
  description:
    "Writes one PDF with its evidence attached, its tables as CSV and a manifest of hashes. The same database, " +
    "configuration and as-of instant give the same bytes. Where `signing` names a key the pack is signed and so issued: it is never " +
    "overwritten, a new edition needs a reason. Else it is a draft.",
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
    ...packOptions,
  },
  examples: [
    ["quarterdeck pack release payments 2.4.0", "what went live with a release"],
    ["quarterdeck pack release payments", "the last release of a service"],
    ["quarterdeck pack release payments 2.4.0 --zip --reason 'an approval came late'", "a new edition of a pack that was issued"],
    ["quarterdeck pack release", "the last release of every service"],
  ],
});
