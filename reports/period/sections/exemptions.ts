import {
  heading,
  note,
  paragraph,
  table,
  type DocumentNode,
  type Section,
  type Text,
} from "../../layout/nodes.ts";
import { count, joined, some, type Times } from "../../release/words.ts";
import type { ExemptionRow, PeriodPackData } from "../data.ts";
import type { PeriodTables } from "../tables.ts";
import { attachedAs, controlLink, unitCell } from "../words.ts";

/** Who waived what, until when, what is done instead, and what it made exempt. */
export function exemptionsSection(
  { exemptions, exemptUnits, controls }: PeriodPackData,
  times: Times,
  tables: PeriodTables,
): Section {
  const title = "Exemptions";
  const known = new Set(controls.map(({ control }) => control));
  if (exemptions.length === 0)
    return {
      id: "exemptions",
      title,
      nodes: [
        note(
          "No exemption that holds in the period is among those collected. A source of exemption rows would bring them; without one, what somebody waived reads as a deviation.",
        ),
      ],
    };
  const void_ = exemptions.filter(({ state }) => state === "void").length;
  return {
    id: "exemptions",
    title,
    nodes: [
      paragraph(
        `${some(exemptions.length, "exemption")} concern${exemptions.length === 1 ? "s" : ""} the period.${void_ > 0 ? ` ${count(void_)} of them ${void_ === 1 ? "is" : "are"} void as written and exempt${void_ === 1 ? "s" : ""} nothing.` : ""} An exemption is a waiver that somebody else allowed beforehand, for a reason, with an end and something done instead.`,
      ),
      table({
        caption: `Register of exemptions (${count(exemptions.length)})`,
        columns: [
          { title: "Exemption" },
          { title: "Control" },
          { title: "Why, and what is done instead" },
          { title: "Allowed by" },
          { title: "Holds" },
          { title: "State as of now" },
          { title: "Units", align: "right" },
        ],
        rows: exemptions.map((row) => [
          unitCell(row.exemption_id, `for ${row.scope ?? "everything"}`, null),
          row.control !== null && known.has(row.control) ? controlLink(row.control) : row.control,
          why(row),
          row.approver ?? "nobody named",
          `${times.day(row.valid_from) ?? "no beginning"} to ${times.day(row.valid_until) ?? "no end"}`,
          state(row),
          count(row.covered_units),
        ]),
        note: attachedAs(tables.of("exemptions"), "Units: those of the period that it makes exempt."),
      }),
      ...exemptTable(exemptUnits, known, times, tables),
    ],
  };
}

const why = ({ reason, compensating_control }: ExemptionRow): string =>
  `${reason ?? "no reason given"}; instead: ${compensating_control ?? "nothing stated"}`;

const state = ({ state: word, problems }: ExemptionRow): Text =>
  word === "void" ? { text: `void: ${joined(problems) ?? ""}`, tone: "worse" } : word;

function exemptTable(
  rows: PeriodPackData["exemptUnits"],
  known: ReadonlySet<string>,
  times: Times,
  tables: PeriodTables,
): DocumentNode[] {
  if (rows.length === 0) return [note("No unit of the period is exempt.")];
  return [
    heading(3, "What they make exempt", "exemptions.units"),
    table({
      caption: `Units that would fail and are exempt (${count(rows.length)})`,
      columns: [
        { title: "Control" },
        { title: "Unit" },
        { title: "Service" },
        { title: "When" },
        { title: "Reason" },
      ],
      rows: rows.map((row) => [
        known.has(row.control) ? controlLink(row.control) : row.control,
        row.unit,
        row.service,
        times.minute(row.occurred_at),
        row.reason,
      ]),
      note: attachedAs(tables.of("exempt")),
    }),
  ];
}
