import {
  figure,
  heading,
  note,
  paragraph,
  table,
  type DocumentNode,
  type Section,
  type Text,
} from "../../layout/nodes.ts";
import { count, some, type Times } from "../../release/words.ts";
import { adherenceFigure } from "../adherence-figure.ts";
import type { CauseRow, ControlRow, PeriodPackData, TotalRow } from "../data.ts";
import type { PeriodTables } from "../tables.ts";
import { attachedAs, controlLink, failures, interval, percent } from "../words.ts";
import { verdict } from "./cover.ts";

/** All counts of every control, and how sure the rate is. */
export function summarySection(data: PeriodPackData, times: Times, tables: PeriodTables): Section {
  const { controls, totals } = data;
  return {
    id: "summary",
    title: "Summary",
    nodes: [
      paragraph(verdict(data, times)),
      paragraph(
        "Controls judge every unit of the period, not a sample. A unit passes, fails, is exempt (it would fail, and an exemption that holds covers it), is unknown (evidence is missing and nothing says that its records are complete), or the control does not apply to it. Adherence is pass / (pass + fail + unknown): what is unknown never counts as pass.",
      ),
      ...controlTable(controls, tables),
      ...adherence(controls),
      ...causes(data, tables),
      heading(3, "By family, service and month", "summary.totals"),
      ...["family", "service", "month"].flatMap((kind) => totalTable(kind, totals)),
      paragraph(
        attachedAs(
          tables.of("totals"),
          "Results of all controls are pooled as they are here: one with many units weighs more than one with few.",
        ),
        "small",
      ),
    ],
  };
}

function controlTable(controls: readonly ControlRow[], tables: PeriodTables): DocumentNode[] {
  if (controls.length === 0)
    return [note("No control that is switched on gives evidence for this framework.")];
  return [
    table({
      caption: `Controls and what they found (${count(controls.length)})`,
      columns: [
        { title: "Control" },
        { title: "What it asks" },
        { title: "Severity" },
        { title: "Pass", align: "right" },
        { title: "Fail", align: "right" },
        { title: "Unknown", align: "right" },
        { title: "Exempt", align: "right" },
        { title: "Not appl.", align: "right" },
        { title: "Adherence", align: "right" },
        { title: "95 %", align: "right" },
      ],
      rows: controls.map((row) => [
        controlLink(row.control),
        row.is_local ? [row.title, { text: " (local rule)", tone: "worse" }] : row.title,
        row.severity,
        count(row.passed),
        failures(row.failed),
        count(row.unknown),
        count(row.exempt),
        count(row.not_applicable + row.not_due),
        percent(row.rate),
        interval(row.rate_low, row.rate_high),
      ]),
      note: attachedAs(
        tables.of("controls"),
        "95 %: interval by Wilson. A dash: nothing was to be judged. Not appl.: not applicable, with what is not due yet; the file counts them apart.",
      ),
    }),
  ];
}

function adherence(controls: readonly ControlRow[]): DocumentNode[] {
  const drawing = adherenceFigure(controls);
  if (drawing === undefined) return [];
  return [
    figure({ caption: "Adherence of each control that judged anything, with its 95 % interval", ...drawing }),
  ];
}

function causes({ causes: rows }: PeriodPackData, tables: PeriodTables): DocumentNode[] {
  const all = rows.find(({ cause }) => cause === null);
  if (all === undefined) return [];
  return [
    heading(3, "What lies behind the failures", "summary.causes"),
    paragraph(
      `${some(all.failures, "failure")} of ${some(all.units, "unit")} on ${some(all.occasions, "occasion")}. One missing thing makes several controls fail: a deployment without a change request has neither approval nor window. Each failure is counted once, under what lies behind it.`,
    ),
    table({
      caption: "Failures by what lies behind them",
      columns: [
        { title: "What lies behind" },
        { title: "Occasions", align: "right" },
        { title: "Units", align: "right" },
        { title: "Failures", align: "right" },
        { title: "In controls" },
      ],
      rows: rows.map(causeCells),
      note: attachedAs(
        tables.of("causes"),
        "Occasion: one deployment with its copies in several regions, or one change request, release, incident, month, source or exemption. A unit may stand under more than one cause, so units and occasions do not add up; failures do.",
      ),
    }),
  ];
}

function causeCells({ cause, occasions, units, failures: number, controls }: CauseRow): (Text | null)[] {
  const isAll = cause === null;
  const cell = (text: string): Text => (isAll ? { text, strong: true } : text);
  return [
    cell(cause ?? "all"),
    cell(count(occasions)),
    cell(count(units)),
    cell(count(number)),
    isAll
      ? some(controls.length, "control")
      : controls.flatMap((control, index) => [index === 0 ? "" : ", ", controlLink(control)]),
  ];
}

const CAPTIONS: Readonly<Record<string, string>> = {
  family: "Results by family of controls",
  service: "Results by service",
  month: "Results by month",
};

function totalTable(kind: string, totals: readonly TotalRow[]): DocumentNode[] {
  const rows = totals.filter((row) => row.kind === kind);
  if (rows.length === 0) return [];
  return [
    table({
      caption: `${CAPTIONS[kind] ?? kind} (${count(rows.length)})`,
      columns: [
        { title: kind.charAt(0).toUpperCase() + kind.slice(1) },
        { title: "Controls", align: "right" },
        { title: "Pass", align: "right" },
        { title: "Fail", align: "right" },
        { title: "Unknown", align: "right" },
        { title: "Exempt", align: "right" },
        { title: "Not applicable", align: "right" },
        { title: "Adherence", align: "right" },
      ],
      rows: rows.map((row) => [
        row.title,
        count(row.controls),
        count(row.passed),
        failures(row.failed),
        count(row.unknown),
        count(row.exempt),
        count(row.not_applicable + row.not_due),
        percent(row.rate),
      ]),
    }),
  ];
}
