import { csvAttachment } from "../csv-attachment.ts";
import type { Attachment } from "../layout/nodes.ts";
import type { SampleData, SampleRow } from "./data.ts";

/** What the auditor writes: columns of the workbook that are left empty. */
const WORKBOOK = { tested_by: "", tested_on: "", evidence_seen: "", conclusion: "", remarks: "" };

/** The sample as workbook, and what it takes to draw it again without Quarterdeck. */
export function sampleFiles(sample: SampleData): Attachment[] {
  const workbook = csvAttachment({
    name: "sample",
    description: "The sample, with room for the auditor's conclusion",
    rows: sample.rows.map(workbookRow),
  });
  if (sample.request.ids.length > 0) return [workbook];
  const inScope = sample.strata.filter(({ units: number }) => number > 0);
  const strata = inScope.map(({ stratum, units, sampled }) => [stratum, units, sampled].join("\t"));
  const units = sample.units
    .filter(({ is_plain, is_in_scope }) => is_plain && is_in_scope)
    .map(({ stratum, unit }) => `${stratum}\t${unit}`);
  return [
    workbook,
    textFile("sample-strata.tsv", "Strata: name, units, how many are drawn", strata),
    textFile(
      "sample-population.tsv",
      "The population in scope: stratum and id",
      [...units].sort(byCodePoint),
    ),
    textFile(
      "sampling.sh",
      "Draws the sample again with sha256sum, sort and awk",
      samplingScript(sample.request.seed),
    ),
  ];
}

const byCodePoint = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function workbookRow({ position, ...row }: SampleRow): object {
  return { dossier: position, ...row, ...WORKBOOK };
}

/** Prints stratum, hash and id of every sampled unit; run in the folder where it lies. A seed holds nothing that a shell reads. */
export const samplingScript = (seed: string): string[] => [
  "#!/bin/sh",
  `# Draws the sample again: the first units of each stratum in the order of SHA-256("${seed}:" + id).`,
  'cd "$(dirname "$0")" || exit 2',
  "LC_ALL=C; export LC_ALL",
  "tab=$(printf '\\t')",
  'while IFS="$tab" read -r stratum unit; do',
  `  hash=$(printf '%s' "${seed}:$unit" | sha256sum | cut -c1-64)`,
  `  printf '%s\\t%s\\t%s\\n' "$stratum" "$hash" "$unit"`,
  'done < sample-population.tsv | sort -t "$tab" -k 1,1 -k 2,2 -k 3,3 |',
  `  awk -F '\\t' 'NR == FNR { take[$1] = $3; next } ++seen[$1] <= take[$1]' sample-strata.tsv -`,
];

const textFile = (name: string, description: string, lines: readonly string[]): Attachment => ({
  ...{ name, description, type: "text/plain", relationship: "Data" },
  content: new TextEncoder().encode(lines.map((line) => `${line}\n`).join("")),
});
