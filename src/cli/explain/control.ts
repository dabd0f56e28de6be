import type { Counts } from "../../controls/counts.ts";
import type { Effects } from "../../effects.ts";
import { UsageError } from "../../errors.ts";
import { unseenEscaped } from "../../printable.ts";
import type { Warehouse } from "../../warehouse/open.ts";
import { placeOf, type QueryFile } from "../../warehouse/query-file.ts";
import { recordsById, type FoundRecord } from "../../warehouse/records.ts";
import type { Row } from "../../warehouse/rows.ts";
import { collectedRows, type CollectedRow } from "./collected.ts";
import { entryText, judgementText } from "./text.ts";
import { unitHint } from "./unit.ts";

type Control = Row<"controls.control", "rule" | "version">;
type Parameter = Row<"controls.control_parameter", "unit">;
type Result = Row<"controls.result", "service" | "environment" | "occurred_at"> & {
  /** Until when what is asked for had to be there. */
  readonly known_by: string | null;
};

export interface Need {
  readonly entity: string;
  readonly kind: string;
  readonly is_known: boolean | null;
  readonly said_by: readonly string[];
}

interface Exemption {
  readonly exemption_id: string;
  readonly refusal: string | null;
}

/** What published builds said: since when it is as it is. */
interface Published {
  readonly status: string;
  readonly as_of: string;
}

export interface Entry {
  readonly control: Control;
  readonly counts: Counts;
  readonly parameters: readonly Parameter[];
  readonly needs: readonly Need[];
  readonly file: string;
  readonly sql: string;
}

export interface Judgement {
  /** The organisation's time zone. */
  readonly zone: string;
  readonly result: Result;
  readonly records: readonly FoundRecord[];
  readonly collected: readonly CollectedRow[];
  readonly notFound: readonly string[];
  readonly published: readonly Published[];
  /** What to do about this very result. */
  readonly step: string | null;
  readonly exemptions: readonly (Exemption & { readonly record: FoundRecord | undefined })[];
}

/** The file of a control, by its id in any case; nothing where the name is no control's. */
export const controlNamed = (name: string, files: readonly QueryFile[]): QueryFile | undefined =>
  files.find(({ header }) => header.control?.toLowerCase() === name.toLowerCase());

/** Prints what a control asks; of one unit also what it found, row by row. */
export async function explainControl(
  warehouse: Warehouse,
  definition: QueryFile,
  unit: string | undefined,
  { effects, isJson, isWithSql }: { effects: Effects; isJson: boolean; isWithSql: boolean },
): Promise<void> {
  const id = definition.header.control ?? "";
  const result = unit === undefined ? undefined : await resultOf(warehouse, id, unit);
  const entry = await entryOf(warehouse, definition, id, result);
  const judgement = result && (await judgementOf(warehouse, result));
  if (isJson) effects.stdout(`${unseenEscaped(JSON.stringify({ ...entry, ...judgement }, null, 2))}\n`);
  else effects.stdout([...(judgement ? judgementText(judgement, entry) : []), ...entryText(entry, isWithSql), ""].join("\n"));
}

async function resultOf(warehouse: Warehouse, control: string, unit: string): Promise<Result> {
  // As its source calls it, too: what people have at hand.
  const rows = await warehouse.rows<Result>(
    `select r.*, coalesce(j.due_at, j.occurred_at) as known_by
     from controls.result as r
     join controls.judged as j on j.control = r.control and j.unit_kind = r.unit_kind and j.unit = r.unit
     where r.control = ? and (r.unit = ? or right(r.unit, length(?) + 1) = ':' || ?)
     order by r.unit_kind, r.unit`,
    [control, unit, unit, unit],
  );
  const exact = rows.filter((row) => row.unit === unit);
  const found = exact.length > 0 ? exact : rows;
  if (found[0] !== undefined && found.length === 1) return found[0];
  if (found.length > 1) throw new UsageError(`${unit} is one of ${found.map((row) => row.unit).join(", ")}: name the one you mean`);
  throw new UsageError(`${control} says nothing of ${JSON.stringify(unit)}; ${await unitHint(warehouse, control, unit)}`);
}

async function entryOf(warehouse: Warehouse, definition: QueryFile, id: string, result: Result | undefined): Promise<Entry> {
  const [control] = await warehouse.rows<Control>("select * from controls.control where control = ?", [id]);
  if (control === undefined) throw new UsageError(`${id} is switched off: \`controls.${id}.enabled\` in quarterdeck.yaml`);
  const [counts] = await warehouse.rows<Counts>(
    "select passed, failed, unknown, exempt, not_applicable, not_due from reports.site_control where control = ?",
    [id],
  );
  const parameters = await warehouse.rows<Parameter>("select * from controls.control_parameter where control = ? order by name", [id]);
  return {
    control,
    counts: counts ?? { passed: 0, failed: 0, unknown: 0, exempt: 0, not_applicable: 0, not_due: 0 },
    parameters,
    needs: await needsOf(warehouse, id, result),
    file: placeOf(definition),
    sql: definition.sql,
  };
}

/** Whether what a control needs is known to be complete for the unit; without a unit nothing is said of that. */
function needsOf(warehouse: Warehouse, control: string, result: Result | undefined): Promise<Need[]> {
  return warehouse.rows<Need>(
    `select
       n.entity,
       n.kind,
       case when ?::varchar is not null then s.entity is not null end as is_known,
       coalesce(s.said_by, []) as said_by
     from controls.control_need as n
     left join controls.coverage_span as s
       on
         s.entity = n.entity and coalesce(s.service, '') = coalesce(?::varchar, '')
         and s.covered_from <= ?::timestamptz and s.covered_until >= ?::timestamptz
     where n.control = ?
     order by n.kind desc, n.entity`,
    [result?.unit ?? null, result?.service ?? null, result?.occurred_at ?? null, result?.known_by ?? null, control],
  );
}

async function judgementOf(warehouse: Warehouse, result: Result): Promise<Judgement> {
  const named = await warehouse.rows<Exemption>(
    "select exemption_id, refusal from controls.exemption_match where control = ? and unit_kind = ? and unit = ? order by exemption_id",
    [result.control, result.unit_kind, result.unit],
  );
  const ids = [...new Set([result.unit, ...result.evidence, ...result.findings])];
  const records = await recordsById(warehouse, ids);
  const waivers = await recordsById(warehouse, named.map(({ exemption_id }) => exemption_id));
  const [clock] = await warehouse.rows<{ zone: string }>("select getvariable('time_zone') as zone");
  return {
    zone: clock?.zone ?? "UTC",
    result,
    records,
    collected: await collectedRows(warehouse, [...records, ...waivers]),
    published: await publishedOf(warehouse, result),
    step: await stepOf(warehouse, result),
    notFound: result.evidence.filter((id) => !records.some((record) => record.id === id)),
    exemptions: named.map((one) => ({ ...one, record: waivers.find(({ id }) => id === one.exemption_id) })),
  };
}

async function stepOf(warehouse: Warehouse, { control, status, reason, unit, unit_kind }: Result): Promise<string | null> {
  if (status !== "fail" && status !== "unknown") return null;
  const steps = await warehouse.rows<{ action: string }>(
    `select replace(min_by(action, position), '{unit}', 'the ' || replace(?, '_', ' ') || ' ' || substring(?, strpos(?, ':') + 1)) as action
     from controls.control_step where control = ? and contains(?, words)
     group by position = 0
     order by position = 0`,
    [unit_kind, unit, unit, control, reason],
  );
  return steps.length === 0 ? null : steps.map(({ action }) => action).join(" ");
}

const publishedOf = (warehouse: Warehouse, { control, unit_kind, unit }: Result) =>
  warehouse.rows<Published>(
    `select r.status, p.as_of from raw.published_result as r join raw.publication as p on p.publication = r.publication
     where r.control = ? and r.unit_kind = ? and r.unit = ? order by r.publication`,
    [control, unit_kind, unit],
  );
