import {
  heading,
  keyValues,
  link,
  note,
  paragraph,
  table,
  type DocumentNode,
  type Section,
  type Text,
} from "../../layout/nodes.ts";
import { count, some, type Times } from "../../release/words.ts";
import type {
  ControlRow,
  DeviationRow,
  NotJudgedRow,
  PeriodPackData,
  SettingRow,
  UnknownRow,
} from "../data.ts";
import type { PeriodTables } from "../tables.ts";
import { attachedAs, controlAnchor, dossierAnchor, interval, percent } from "../words.ts";

/** Every control with its question, its counts and every deviation. */
export function controlsSection(data: PeriodPackData, times: Times, tables: PeriodTables): Section {
  const { controls, deviations } = data;
  const title = "Control results";
  if (controls.length === 0)
    return {
      id: "controls",
      title,
      nodes: [note("No control that is switched on gives evidence for this framework.")],
    };
  const by = <Row extends { readonly control: string }>(rows: readonly Row[]) =>
    Map.groupBy(rows, ({ control }) => control);
  const found = {
    deviations: by(deviations),
    unknowns: by(data.unknowns),
    notJudged: by(data.notJudged),
    settings: by(data.settings),
    dossiers: new Map(data.dossiers.map(({ dossier }) => [dossier.unit, dossier.position])),
    times,
  };
  return {
    id: "controls",
    title,
    nodes: [
      paragraph(
        `${deviations.length === 0 ? "No unit of the period fails a control." : `${some(deviations.length, "deviation")} of the period ${deviations.length === 1 ? "is" : "are"} printed in full, each below its control.`} A deviation is a unit that fails; read it with the rate over the whole population, and with what was done instead.`,
      ),
      paragraph(attachedAs(tables.of("deviations")), "small"),
      paragraph(attachedAs(tables.of("unknown")), "small"),
      ...controls.flatMap((control) => controlNodes(control, found)),
    ],
  };
}

interface Found {
  readonly deviations: ReadonlyMap<string, readonly DeviationRow[]>;
  readonly unknowns: ReadonlyMap<string, readonly UnknownRow[]>;
  readonly notJudged: ReadonlyMap<string, readonly NotJudgedRow[]>;
  readonly settings: ReadonlyMap<string, readonly SettingRow[]>;
  /** Sampled units and their number. */
  readonly dossiers: ReadonlyMap<string, number>;
  readonly times: Times;
}

function controlNodes(row: ControlRow, found: Found): DocumentNode[] {
  const { control } = row;
  return [
    heading(3, `${control} ${row.title}`, controlAnchor(control)),
    paragraph(row.question),
    keyValues([
      ...(row.rule === null
        ? []
        : [
            ["Rule", `${row.rule.trim()}${row.version === null ? "" : ` (version ${row.version})`}`] as const,
          ]),
      ["Severity, owner", `${row.severity}; ${row.owner}`],
      ["Counts", countsText(row)],
      ["Adherence", adherenceText(row)],
      ...settingRows(found.settings.get(control) ?? []),
      ...notJudgedRows(found.notJudged.get(control) ?? []),
      ...reachRows(control),
      [
        "Query",
        `${row.relation}, SHA-256 ${row.sha256 ?? "not recorded"}${row.is_local ? " (local rule)" : ""}`,
      ],
    ]),
    ...deviationTable(row, found.deviations.get(control) ?? [], found),
    ...unknownTable(control, found.unknowns.get(control) ?? [], found.times),
  ];
}

function countsText({ passed, failed, unknown, exempt, not_applicable, not_due }: ControlRow): Text {
  return [
    `${count(passed)} pass, `,
    { text: `${count(failed)} fail`, strong: failed > 0, tone: failed > 0 ? "worse" : "ink" },
    `, ${count(unknown)} unknown, ${count(exempt)} exempt, ${count(not_applicable)} not applicable${not_due > 0 ? `, ${count(not_due)} not due yet` : ""}`,
  ];
}

function adherenceText({ rate, rate_low, rate_high, passed, failed, unknown }: ControlRow): string {
  const text = percent(rate);
  if (text === null) return "nothing was to be judged";
  return `${text} of ${some(passed + failed + unknown, "unit")}, 95 % interval ${interval(rate_low, rate_high) ?? ""}`;
}

function settingRows(settings: readonly SettingRow[]): (readonly [string, string])[] {
  const changed = settings.filter(({ is_changed }) => is_changed);
  if (changed.length === 0) return [];
  return [
    [
      "Set by configuration",
      changed
        .map(({ name, value, preset }) => `${name}: ${value ?? "nothing"} (else ${preset ?? "nothing"})`)
        .join("\n"),
    ],
  ];
}

/** What the rule cannot see, where the title may promise more. */
const REACH: Readonly<Record<string, string>> = {
  "POP-07":
    "To when a record was first collected (collection-log.csv), and no further: what a source altered before that left no trace with us.",
};

const reachRows = (control: string): (readonly [string, string])[] => {
  const words = REACH[control];
  return words === undefined ? [] : [["Reaches back", words]];
};

const MOST_REASONS = 5;

function notJudgedRows(rows: readonly NotJudgedRow[]): (readonly [string, string])[] {
  if (rows.length === 0) return [];
  const shown = rows.slice(0, MOST_REASONS).map(({ reason, units }) => `${count(units)}: ${reason}`);
  const rest = rows.slice(MOST_REASONS).reduce((sum, { units }) => sum + units, 0);
  return [
    [
      "Not judged",
      [...shown, ...(rest > 0 ? [`${count(rest)}: other reasons (not-judged.csv)`] : [])].join("\n"),
    ],
  ];
}

function deviationTable(
  { control, remedy }: ControlRow,
  rows: readonly DeviationRow[],
  { dossiers, times }: Found,
): DocumentNode[] {
  if (rows.length === 0) return [];
  return [
    table({
      caption: `Deviations from ${control} (${count(rows.length)})`,
      columns: [{ title: "Unit" }, { title: "Service" }, { title: "When" }, { title: "Reason" }],
      rows: rows.map((row) => [
        unitOf(row, dossiers),
        row.service_title,
        times.minute(row.occurred_at),
        row.reason,
      ]),
      note: `What to do: ${remedy.trim()}`,
    }),
  ];
}

function unknownTable(control: string, rows: readonly UnknownRow[], times: Times): DocumentNode[] {
  if (rows.length === 0) return [];
  return [
    table({
      caption: `Units that ${control} cannot judge for want of evidence (${count(rows.reduce((sum, { units }) => sum + units, 0))})`,
      columns: [
        { title: "Evidence missing" },
        { title: "Service" },
        { title: "Units", align: "right" },
        { title: "First" },
        { title: "Last" },
        { title: "For example" },
      ],
      rows: rows.map((row) => [
        row.unknown_words ?? "the unit's own records",
        row.service_title,
        count(row.units),
        times.day(row.first_at),
        times.day(row.last_at),
        row.example,
      ]),
    }),
  ];
}

/** A sampled unit leads to its dossier, where its address on the web stands too. */
function unitOf({ unit, url }: DeviationRow, dossiers: ReadonlyMap<string, number>): Text {
  const position = dossiers.get(unit);
  return position === undefined
    ? link(unit, url)
    : [unit, " (", { text: `dossier ${position}`, to: dossierAnchor(position) }, ")"];
}
