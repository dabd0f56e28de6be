import { heading, note, paragraph, table, type DocumentNode, type Section } from "../../layout/nodes.ts";
import { count, type Times } from "../../release/words.ts";
import type { PeriodPackData } from "../data.ts";
import type { PeriodTables } from "../tables.ts";
import { attachedAs, controlLink, statusText, unitCell } from "../words.ts";

const DIRECTIONS = [
  {
    control: "POP-01",
    title: "From deployments to change requests",
    asks: "Each attempt to put something into production is asked for a change request that the ticket system has: one that it names, or one for every change in it. A change without a ticket is found in this direction only.",
  },
  {
    control: "POP-02",
    title: "From change requests to deployments",
    asks: "Each change request that says it was implemented is asked for a production deployment in its planned window. A ticket for a change that never happened, or happened elsewhere, is found in this direction only.",
  },
] as const;

/** Deployments and change requests held against each other, both ways. */
export function reconciliationSection(data: PeriodPackData, times: Times, tables: PeriodTables): Section {
  return {
    id: "reconciliation",
    title: "Reconciliation",
    nodes: [
      paragraph(
        "Two systems that do not know each other are compared: what was deployed, and what was allowed. Each unit is counted once in its direction, and the answers add up to the population.",
      ),
      ...DIRECTIONS.flatMap((direction) => directionNodes(direction, data, times, tables)),
      paragraph(attachedAs(tables.of("reconciliation")), "small"),
    ],
  };
}

function directionNodes(
  { control, title, asks }: (typeof DIRECTIONS)[number],
  { reconciliation, unreconciled, notJudged }: PeriodPackData,
  times: Times,
  tables: PeriodTables,
): DocumentNode[] {
  const answers = reconciliation.filter((row) => row.control === control);
  const head = [
    heading(3, title, `reconciliation.${control.toLowerCase()}`),
    paragraph([`${asks} Rule: `, controlLink(control), "."]),
  ];
  if (answers.length === 0)
    return [
      ...head,
      note(`Nothing was compared: ${control} is switched off, or the period has no unit of it.`),
    ];
  const total = answers.reduce((sum, { units }) => sum + units, 0);
  const open = unreconciled.filter((row) => row.control === control);
  const why = notJudged.filter((row) => row.control === control);
  return [
    ...head,
    table({
      caption: `${title} (${count(total)} units)`,
      columns: [{ title: "Answer" }, { title: "Units", align: "right" }],
      rows: [
        ...answers.map(({ answer, units }) => [answerText(answer), count(units)]),
        [
          { text: "all", strong: true },
          { text: count(total), strong: true },
        ],
      ],
    }),
    ...(why.length === 0
      ? []
      : [
          table({
            caption: "Why it was not asked of some",
            columns: [{ title: "Reason" }, { title: "Units", align: "right" }],
            rows: why.map(({ reason, units }) => [reason, count(units)]),
          }),
        ]),
    ...(open.length === 0
      ? []
      : [
          table({
            caption: `What does not reconcile (${count(open.length)})`,
            columns: [{ title: "Unit" }, { title: "Status" }, { title: "Reason" }],
            rows: open.map((row) => [
              unitCell(row.unit, row.service_title, times.minute(row.occurred_at)),
              statusText(row.status),
              row.reason,
            ]),
            note: attachedAs(tables.of("unreconciled")),
          }),
        ]),
  ];
}

const answerText = (answer: string) =>
  answer === "not reconciled" ? { text: answer, strong: true, tone: "worse" as const } : answer;
