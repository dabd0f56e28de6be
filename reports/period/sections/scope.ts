import {
  heading,
  note,
  paragraph,
  table,
  type DocumentNode,
  type Section,
  type Text,
} from "../../layout/nodes.ts";
import { count, joined, type Times } from "../../release/words.ts";
import type { ChangedSettingRow, PeriodPackData, ServiceRow } from "../data.ts";
import type { PeriodTables } from "../tables.ts";
import { attachedAs } from "../words.ts";

/** Which services the pack is of and which controls they are asked, and what the organisation set otherwise than the product. */
export function scopeSection(data: PeriodPackData, _times: Times, tables: PeriodTables): Section {
  return {
    id: "scope",
    title: "Scope and settings",
    nodes: [
      heading(3, "Services and the controls that they are asked", "scope.services"),
      ...serviceTable(data, tables),
      heading(3, "What the configuration sets otherwise", "scope.settings"),
      ...settingTable(data, tables),
    ],
  };
}

function serviceTable({ services }: PeriodPackData, tables: PeriodTables): DocumentNode[] {
  if (services.length === 0) return [note("The configuration names no service.")];
  const total = Math.max(...services.map((row) => row.asked_controls.length + row.other_controls.length));
  return [
    paragraph(
      `${count(total)} controls look at deployments, change requests, releases, incidents or months. The others look at sources, exemptions and records, and bear on every service.`,
    ),
    table({
      caption: `Services, who owned them in the period, and which of ${count(total)} controls they are asked (${count(services.length)})`,
      columns: [
        { title: "Service" },
        { title: "Tier", align: "right" },
        { title: "Regulated" },
        { title: "Owned by" },
        { title: "Attempts", align: "right" },
        { title: "Requests", align: "right" },
        { title: "Controls asked" },
      ],
      rows: services.map((row) => [
        row.is_known
          ? row.title
          : [row.title, { text: "\nonly deployments name it", tone: "worse" as const }],
        row.tier === null ? null : String(row.tier),
        joined(row.regulated),
        row.teams,
        count(row.attempts),
        count(row.requests),
        asked(row),
      ]),
      note: attachedAs(
        tables.of("services"),
        "Attempts: to put something into production, those that failed included. Requests: filed in the period. A control that is not asked counts the service's units as not applicable. No unit: the control is asked, and nothing of the service was there to be tested in the period; that it passes elsewhere says nothing of the service.",
      ),
    }),
  ];
}

/** The shorter of two lists: what is asked, or what is not; and what had nothing to look at. */
function asked({ asked_controls: yes, other_controls: no, unmet_controls: unmet }: ServiceRow): Text {
  const without = unmet.length === 0 ? [] : [{ text: `\nno unit: ${unmet.join(", ")}`, tone: "muted" as const }];
  if (no.length === 0) return ["all", ...without];
  if (yes.length === 0) return { text: "none", tone: "worse" };
  return [yes.length <= no.length ? `${count(yes.length)}: ${yes.join(", ")}` : `${count(yes.length)}, not ${no.join(", ")}`, ...without];
}

function settingTable({ changedSettings }: PeriodPackData, tables: PeriodTables): DocumentNode[] {
  if (changedSettings.length === 0)
    return [
      note(
        "Nothing: every control is asked of all services, with the parameters and the severity of the product, and no query was replaced.",
      ),
    ];
  return [
    table({
      caption: `Settings that are not those of the product (${count(changedSettings.length)})`,
      columns: [
        { title: "What" },
        { title: "Of the product" },
        { title: "Here" },
        { title: "Controls" },
        { title: "Who and why" },
      ],
      rows: changedSettings.map((row) => [
        row.kind.toLowerCase() === row.setting ? row.kind : `${row.kind}: ${row.setting}`,
        row.preset,
        row.value,
        joined(row.controls),
        who(row),
      ]),
      note: attachedAs(
        tables.of("changed-settings"),
        "The configuration as used is config/quarterdeck.json. Who and why: as far as it says so.",
      ),
    }),
  ];
}

function who({ decided_by, reason }: ChangedSettingRow): Text {
  const words = [decided_by, reason].filter((part) => part !== null).join(": ");
  return words === "" ? { text: "not stated", tone: "muted" } : words;
}
