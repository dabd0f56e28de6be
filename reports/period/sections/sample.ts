import { heading, note, paragraph, table, type DocumentNode, type Section } from "../../layout/nodes.ts";
import { count, some, type Times } from "../../release/words.ts";
import type { SampleData } from "../../sampling/data.ts";
import { samplingScript } from "../../sampling/files.ts";
import type { PeriodPackData } from "../data.ts";
import type { PeriodTables } from "../tables.ts";
import { attachedAs, dossierAnchor, unitCell } from "../words.ts";

/** Which changes were looked at one by one, and how anybody draws the same ones again. */
export function sampleSection(
  { sample, deployments }: PeriodPackData,
  times: Times,
  tables: PeriodTables,
): Section {
  const title = "Sample";
  if (sample === undefined) {
    return {
      id: "sample",
      title,
      nodes: [
        note(
          "No sample was asked for. “quarterdeck pack period … --sample 25 --seed …” draws one, and prints a dossier of each change in it. Controls judge every unit of the population, sampled or not.",
        ),
      ],
    };
  }
  const how = sample.request.ids.length > 0 ? chosen(sample) : drawn(sample, tables);
  return {
    id: "sample",
    title,
    nodes: [
      paragraph(
        `The population is every attempt to put something into production that began in the period: ${some(deployments.length, "deployment")}. It starts from deployments, not tickets, so that a change without a ticket can be drawn.${scopeWords(sample)}`,
      ),
      ...how,
      ...sampleTable(sample, times, tables),
    ],
  };
}

/** What no control applies to has nothing to be tested against. */
function scopeWords({ units }: SampleData): string {
  const out = units.filter(({ is_in_scope }) => !is_in_scope).length;
  if (out === 0) return " All of them are in scope.";
  return ` ${count(units.length - out)} of them are in scope. To ${some(out, "other")} no control applies, neither to the deployment nor to its change request or release (“Scope and settings” says why): ${out === 1 ? "it is" : "they are"} counted below, not drawn, and marked in deployments.csv (is_in_scope).`;
}

function chosen({ request, rows }: SampleData): DocumentNode[] {
  return [
    paragraph(
      `The auditor chose: ${some(request.ids.length, "id")} ${request.ids.length === 1 ? "means" : "mean"} ${some(rows.length, "production deployment")} of the period. What was chosen by judgement says nothing of the rest of the population.`,
    ),
  ];
}

const STRATA: Readonly<Record<string, string>> = {
  risk: "the risk stated by its change requests",
  service: "its service",
  team: "the team that owned its service then",
  month: "its month",
};

function drawn(sample: SampleData, tables: PeriodTables): DocumentNode[] {
  const { request, strata, rows, units } = sample;
  const wanted = strata.find((row) => row.units > 0)?.sample_size ?? 0;
  const unlike = units.filter(({ is_plain }) => !is_plain).length;
  return [
    paragraph(
      `${some(rows.length, "deployment")} ${rows.length === 1 ? "was" : "were"} drawn with seed ${request.seed}. Each unit has the SHA-256 of the seed, a colon and its id; units stand in the order of that hash, and the first ones are taken. The seed fixes the sample: nobody can prefer a unit without it showing in another seed, so agree on it before the pack is made.`,
    ),
    ...(request.stratify === undefined
      ? []
      : [
          paragraph(
            `Strata: ${STRATA[request.stratify] ?? request.stratify}. Each gets its share in proportion to its units in scope, by largest remainder, and one at least: from the smallest on, a stratum whose share would be less than one gets one, and the others share the rest.`,
          ),
        ]),
    ...(wanted === request.size
      ? []
      : [
          note(
            `${count(request.size)} were asked for. ${wanted > request.size ? `There are ${some(strata.filter((row) => row.units > 0).length, "stratum", "strata")}, of which each gives one at least` : "No more are in scope"}.`,
          ),
        ]),
    table({
      caption: `Strata (${count(strata.length)})`,
      columns: [
        { title: "Stratum" },
        { title: "Units in scope", align: "right" },
        { title: "Drawn", align: "right" },
        { title: "Out of scope", align: "right" },
      ],
      rows: [
        ...strata.map((row) => [row.stratum, count(row.units), count(row.sampled), count(row.out_of_scope)]),
        [
          { text: "all", strong: true },
          { text: count(units.filter(({ is_in_scope }) => is_in_scope).length), strong: true },
          { text: count(rows.length), strong: true },
          { text: count(units.filter(({ is_in_scope }) => !is_in_scope).length), strong: true },
        ],
      ],
    }),
    heading(3, "Draw it again", "sample.again"),
    paragraph(
      "The files sample-population.tsv and sample-strata.tsv are attached and lie in tables/, with this script as sampling.sh. It prints stratum, hash and id of each sampled unit:",
    ),
    paragraph(samplingScript(request.seed).slice(2).join("\n"), "code"),
    paragraph(`One unit at a time: printf '%s' '${request.seed}:<id>' | sha256sum`, "code"),
    ...(unlike === 0
      ? []
      : [
          note(
            `${some(unlike, "id")} of the population ${unlike === 1 ? "holds" : "hold"} control characters, which no line of text can carry: ${unlike === 1 ? "it is" : "they are"} in the sample's population and not in the file.`,
          ),
        ]),
    paragraph(attachedAs(tables.of("sample-population")), "small"),
  ];
}

function sampleTable({ rows, request }: SampleData, times: Times, tables: PeriodTables): DocumentNode[] {
  const isDrawn = request.ids.length === 0;
  if (rows.length === 0) return [note("The population is empty: nothing could be drawn.")];
  return [
    heading(3, "What is in it", "sample.units"),
    table({
      caption: `Sampled deployments (${count(rows.length)})`,
      columns: [
        { title: "Dossier", align: "right" },
        { title: "Deployment" },
        ...(isDrawn ? [{ title: "Stratum" }, { title: "SHA-256 of seed and id" }] : [{ title: "Chosen" }]),
        { title: "Fails" },
      ],
      rows: rows.map((row) => [
        { text: count(row.position), to: dossierAnchor(row.position) },
        unitCell(
          { text: row.unit, to: dossierAnchor(row.position) },
          row.service_title,
          times.minute(row.occurred_at),
        ),
        row.stratum,
        ...(isDrawn ? [row.sha256] : []),
        row.failed_controls.length === 0
          ? "–"
          : { text: row.failed_controls.join(", "), tone: "worse" as const },
      ]),
      note: attachedAs(tables.of("sample"), "The file has empty columns for the auditor's conclusion."),
    }),
  ];
}
