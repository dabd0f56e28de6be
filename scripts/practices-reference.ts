import { practices, type Practice } from "../src/practices/practices.ts";
import { areaTitle, statisticTitle } from "../src/site/words/practices.ts";
import { queryFiles } from "../src/warehouse/model.ts";
import type { QueryFile } from "../src/warehouse/query-file.ts";

const INTRODUCTION = `# Practices

<!-- Made by \`npm run generate\` from practices/ and the headers in queries/practices. -->

Ninety practices of release management, and what of Quarterdeck answers for each. The page \`practices.html\` of the site says what each says now: a
[control](controls.md) its counts in the last quarter that is over, a [metric](metrics.md) or measure its figure, or "no data" with the source that would bring it. What
nobody can report on says so, and why. The same as data: \`data/practices.csv\`.`;

const MEASURES = `## Measures

What is measured rather than checked. Each is one file in \`queries/practices/<group>/\` that gives facts (\`service\`, \`occurred_at\`, \`value\` or \`is_hit\`, \`subject\`,
\`cut\`); its header says what they mean, and \`queries/practices/engine/figure.sql\` makes figures of them: for the organisation, each team (by who owned the service on that day) and service, by
month and quarter, with n and a 95 % interval (Wilson for a share, order statistics for a median from n = 6 on). \`data/measures.csv\` has all figures,
\`data/measure_facts/<measure>.csv\` the newest 20,000 facts of each.

A unit \`currency\` is written as the currency in which most [bills](entities.md#environment_bill) are. Statuses in which tickets wait for a vendor, and labels that say that a regulation
asks for one, are those of \`tickets\` in [quarterdeck.yaml](configuration.md).

A file of your own below \`queries/practices/\` beside quarterdeck.yaml is one more measure, or replaces one of the same name; [extending](extending.md) says how files are found. It begins so:

\`\`\`sql
/*
measure: branch_age
title: Branch age
question: How long does a change live on a branch before it is merged?
rule: From a change's first commit to its merge.
unit: seconds        # or ratio; anything else stands behind the number
statistic: median    # mean, share (of is_hit), sum or count
better: lower        # or higher; left out = neither
made_from: [change]
connect: a source of changes would bring them
fact: merged change
facts: merged changes
*/
\`\`\``;

/** The page about practices and measures. */
export function practicesReference(): string {
  const files = queryFiles().filter(({ header }) => header.measure !== undefined);
  const areas = Map.groupBy(files, ({ file }) => file.split("/").at(-2) ?? "");
  const modules = Map.groupBy(practices(), ({ module }) => module);
  return [
    INTRODUCTION,
    ...[...modules.values()].map(moduleSection),
    MEASURES,
    ...[...areas].map(([area, of]) => areaSection(area, of)),
  ].join("\n\n");
}

function moduleSection(of: readonly Practice[]): string {
  const [first] = of;
  const rows = of.map(
    (practice) => `| ${practice.practice} | ${cell(practice.title)} | ${cell(answersOf(practice))} |`,
  );
  return [
    `## ${first?.module} ${first?.module_title}`,
    ["| | practice | answered by |", "|---|---|---|", ...rows].join("\n"),
  ].join("\n\n");
}

function answersOf({
  controls,
  measures,
  metrics,
  pages,
  packs,
  product,
  out_of_scope: why,
}: Practice): string {
  const code = (names: readonly string[]) => names.map((name) => `\`${name}\``);
  const places = [
    ...controls,
    ...code([...measures, ...metrics]),
    ...pages,
    ...packs.map((section) => section.replace(":", " pack:")),
    ...code(product),
  ];
  return `${places.join(", ")}${why === undefined ? "" : `. Out of scope: ${why}`}`;
}

function areaSection(area: string, files: readonly QueryFile[]): string {
  const rows = files.map(({ name, file, header }) => {
    const made = `${statisticTitle(header.statistic ?? "").toLowerCase()}, ${header.unit ?? ""}${header.better === undefined ? "" : `, ${header.better} is better`}`;
    return `| [\`${name}\`](../queries/${file}) | ${cell(header.question ?? "")} | ${cell(header.rule ?? "")} | ${made} |`;
  });
  return [
    `### ${areaTitle(area)}`,
    ["| measure | question | rule | figure |", "|---|---|---|---|", ...rows].join("\n"),
  ].join("\n\n");
}

const cell = (text: string) => text.replaceAll("|", "\\|").replace(/\s+/g, " ").trim();
