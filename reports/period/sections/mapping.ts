import {
  heading,
  note,
  paragraph,
  table,
  type DocumentNode,
  type Section,
  type Text,
} from "../../layout/nodes.ts";
import { count, some } from "../../release/words.ts";
import type { Times } from "../../release/words.ts";
import type { ClauseRow, PeriodPackData } from "../data.ts";
import type { PeriodTables } from "../tables.ts";
import { anchor, attachedAs, controlLink, failures } from "../words.ts";

/** From the clauses of standards to controls, and back. */
export function mappingSection(
  { clauses, frameworks, controls }: PeriodPackData,
  _times: Times,
  tables: PeriodTables,
): Section {
  const title = "Regulatory mapping";
  const missing = frameworks.filter(({ unverified }) => unverified > 0);
  const head = paragraph(
    "What a control looks at is evidence that supports a clause. A clause asks for more than traces of delivery can show; whether what is here is enough is for the auditor to say. A clause without a control is no failure, and one whose controls all pass is not fulfilled by that alone.",
  );
  const left =
    missing.length === 0
      ? []
      : [
          note(
            `Only clauses whose number was compared with the publisher's text are printed. Left out until somebody has: ${missing.map(({ short, unverified, verified }) => `${short} ${count(unverified)} of ${count(unverified + verified)}`).join("; ")}.`,
          ),
        ];
  if (clauses.length === 0)
    return { id: "mapping", title, nodes: [head, ...left, note("No clause is left to print.")] };
  const known = new Set(controls.map(({ control }) => control));
  return {
    id: "mapping",
    title,
    nodes: [
      head,
      ...left,
      ...[...Map.groupBy(clauses, ({ framework }) => framework)].flatMap(([framework, rows]) =>
        frameworkNodes(framework, rows, known),
      ),
      ...backwards(clauses, controls, tables),
    ],
  };
}

function frameworkNodes(
  framework: string,
  rows: readonly ClauseRow[],
  known: ReadonlySet<string>,
): DocumentNode[] {
  return [
    heading(3, `${rows[0]?.short ?? framework}: from clauses to controls`, `mapping.${anchor(framework)}`),
    table({
      caption: `${rows[0]?.short ?? framework}: clauses and the controls that give evidence (${some(new Set(rows.map(({ clause }) => clause)).size, "clause")})`,
      columns: [
        { title: "Clause" },
        { title: "About, in our words" },
        { title: "Control" },
        { title: "Pass", align: "right" },
        { title: "Fail", align: "right" },
        { title: "Unknown", align: "right" },
        { title: "Exempt", align: "right" },
      ],
      rows: rows.map((row, index) => {
        const isSame = rows[index - 1]?.clause === row.clause;
        return [
          isSame ? { text: row.cited, tone: "muted" as const } : row.cited,
          isSame ? "″" : row.title,
          controlOf(row, known),
          row.passed === null ? null : count(row.passed),
          row.failed === null ? null : failures(row.failed),
          row.unknown === null ? null : count(row.unknown),
          row.exempt === null ? null : count(row.exempt),
        ];
      }),
    }),
  ];
}

function controlOf({ control, control_title }: ClauseRow, known: ReadonlySet<string>): Text {
  if (control === null) return { text: "none that is switched on", tone: "muted" };
  return known.has(control) ? [controlLink(control), ` ${control_title ?? ""}`] : control;
}

function backwards(
  clauses: readonly ClauseRow[],
  controls: PeriodPackData["controls"],
  tables: PeriodTables,
): DocumentNode[] {
  const cited = Map.groupBy(
    clauses.filter(({ control }) => control !== null),
    ({ control }) => control,
  );
  return [
    heading(3, "From controls to clauses", "mapping.controls"),
    table({
      caption: `Controls and the clauses that they give evidence for (${count(controls.length)})`,
      columns: [{ title: "Control" }, { title: "What it asks" }, { title: "Clauses" }],
      rows: controls.map(({ control, title }) => [
        controlLink(control),
        title,
        cited
          .get(control)
          ?.map((row) => row.cited)
          .join("; ") ?? { text: "none that is verified", tone: "muted" },
      ]),
      note: attachedAs(tables.of("clauses")),
    }),
  ];
}
