import { defineCommand } from "../command.ts";
import { packOptions } from "./issuing.ts";

export const pack = defineCommand({
  name: "pack",
  summary: "Write a PDF pack of a release, a release train, an audit period, one change or a team's quarter.",
  description:
    "Writes one PDF with its evidence attached, its tables as CSV and a manifest of hashes. The same database, " +
    "configuration and as-of instant give the same bytes. Where `signing` names a key the pack is signed and so issued: it is never " +
    "overwritten, a new edition needs a reason. Else it is a draft. A period is a quarter (2026-Q1), a year, a month, a day or a range, " +
    "in the organisation's time zone; years and quarters begin as `quarter_start` says.",
  positionals: [
    { name: "kind", description: "release, train, period, dossier or retrospective.", isRequired: true },
    {
      name: "subject",
      description:
        "Service (left out = every service), name of a train, period, id of a deployment or change request, or a team.",
    },
    { name: "version", description: "Version of a release, or quarter of a retrospective (2026-Q2); left out = the last one." },
  ],
  options: {
    framework: {
      type: "string",
      value: "id",
      description: "Period: only the controls that give evidence for this framework.",
    },
    services: { type: "string", value: "a,b", description: "Period: only these services." },
    sample: {
      type: "string",
      value: "n",
      description:
        "Period: draw so many production deployments, with a dossier and a line of a workbook for each.",
    },
    seed: {
      type: "string",
      value: "text",
      description: "Fixes the sample; agree on it beforehand. Left out = the period.",
    },
    stratify: {
      type: "string",
      value: "by",
      description: "Draw from strata, in proportion and one at least: risk, service, team or month.",
    },
    ids: {
      type: "string",
      value: "a,b",
      description:
        "Instead of drawing: deployments or change requests that the auditor chose, or @file with one a line.",
    },
    full: {
      type: "boolean",
      description: "Period: print every row of every list, not only what is of note.",
    },
    pseudonyms: {
      type: "string",
      value: "file",
      description:
        "Give people pseudonyms, made with the key in this file or the map that was written with one; `none` = names although `publish.pseudonyms` names a key.",
    },
    "write-map": {
      type: "string",
      value: "file",
      description: "Also write who has which pseudonym, for who holds the key; never into the output folder.",
    },
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
    ["quarterdeck pack train 2026.2", "all releases that were shipped together"],
    ["quarterdeck pack dossier CHG0030837", "one change, from its request to what came of it"],
    ["quarterdeck pack retrospective payments 2026-Q2", "a team's quarter, to be printed and written on"],
    ["quarterdeck pack period 2026-Q1", "everything that auditors ask of a quarter"],
    [
      "quarterdeck pack period 2026 --sample 25 --seed 2026Q3 --stratify risk",
      "with dossiers of a sample that anybody can draw again",
    ],
    [
      "quarterdeck pack period 2026-Q1 --pseudonyms ../pseudonyms.key --write-map ../people.csv",
      "who did what, without who it was",
    ],
    [
      "quarterdeck pack period 2025-07-01..2025-12-31 --framework soc2 --services ledger",
      "a range, for one framework and one service",
    ],
  ],
});
