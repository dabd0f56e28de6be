import { defineCommand } from "../command.ts";
import { issuingOptions } from "./issuing.ts";

export const build = defineCommand({
  name: "build",
  summary: "Compute all figures and write the site.",
  description:
    "Runs the queries over the database and writes the site to the output folder, with the release packs that " +
    "`publish.packs` asks for; with `publish.audiences` a folder for each audience, with only what its readers may see. The same database, configuration and as-of instant give the same bytes. Asks no " +
    "source and needs no token. Packs are drafts, and those that were issued stay as they are; `--sign` issues those that were not yet.",
  positionals: [],
  options: {
    output: {
      type: "string",
      short: "o",
      value: "folder",
      description: "Where to write; left out = `output` of the configuration.",
    },
    sign: issuingOptions.sign,
    "no-cache": {
      type: "boolean",
      description: "Draw all charts, rather than take those that an earlier build drew of the same data.",
    },
  },
  examples: [
    ["quarterdeck build", "write the site"],
    ["quarterdeck build --as-of 2026-06-30", "the site as of the end of that day"],
  ],
});
