import type { Effects } from "../../effects.ts";
import { UsageError } from "../../errors.ts";
import { printableLine, unseenEscaped } from "../../printable.ts";
import type { Warehouse } from "../../warehouse/open.ts";
import type { Row } from "../../warehouse/rows.ts";
import { clockIn } from "./text.ts";

type Said = Row<"controls.result", "service" | "environment" | "occurred_at"> & { readonly title: string };

/** How far a name may be from that of a unit that is offered instead. */
const FURTHEST = 3;

// As its source calls it, too: what people have at hand.
const NAMED = "(r.unit = ? or right(r.unit, length(?) + 1) = ':' || ?)";

/** Prints what each control says of a unit, what fails first; false where no control judges one of that name. */
export async function explainUnit(
  warehouse: Warehouse,
  name: string,
  { effects, isJson }: { effects: Effects; isJson: boolean },
): Promise<boolean> {
  const rows = await warehouse.rows<Said>(
    `select r.*, c.title
     from controls.result as r
     join controls.control as c on c.control = r.control
     where ${NAMED}
     order by
       r.unit_kind, r.unit,
       case r.status when 'fail' then 1 when 'unknown' then 2 when 'exempt' then 3 when 'pass' then 4 else 5 end,
       case r.severity when 'critical' then 1 when 'high' then 2 when 'medium' then 3 else 4 end,
       r.control`,
    [name, name, name],
  );
  const exact = rows.filter(({ unit }) => unit === name);
  const found = exact.length > 0 ? exact : rows;
  const [first] = found;
  if (first === undefined) return false;
  const units = [...new Set(found.map(({ unit }) => unit))];
  if (units.length > 1) throw new UsageError(`${name} is one of ${units.join(", ")}: name the one you mean`);
  const [zone] = await warehouse.rows<{ zone: string }>("select getvariable('time_zone') as zone");
  effects.stdout(isJson ? `${unseenEscaped(JSON.stringify(found, null, 2))}\n` : textOf(first, found, zone?.zone ?? "UTC"));
  return true;
}

function textOf(unit: Said, found: readonly Said[], zone: string): string {
  const clock = clockIn(zone);
  const facts = [unit.service, unit.environment, unit.occurred_at && `${clock(unit.occurred_at)} ${zone}`].filter((fact) => fact !== null);
  const told = found.filter(({ status }) => status === "fail" || status === "unknown" || status === "exempt");
  return [
    printableLine(`${unit.unit_kind.replace("_", " ")} ${unit.unit} (${facts.join(", ")})`),
    "",
    ...told.map((row) => printableLine(`${row.status.padEnd(8)} ${row.control} ${row.title}: ${row.reason}`)),
    ...idsOf("pass", found),
    ...idsOf("not applicable", found),
    "",
    printableLine(`\`quarterdeck explain ${told[0]?.control ?? unit.control} ${unit.unit}\` says why, record by record, and what to do.`),
    "",
  ].join("\n");
}

function idsOf(status: string, found: readonly Said[]): string[] {
  const ids = found.filter((row) => row.status.replace("_", " ") === status).map(({ control }) => control);
  return ids.length === 0 ? [] : [`${status}: ${[...new Set(ids)].join(", ")}`];
}

/** Why a control has no word on a name: it is something else than what it judges, or a unit of nearly that name is meant. */
export async function unitHint(warehouse: Warehouse, control: string, name: string): Promise<string> {
  const [other] = await warehouse.rows<{ unit: string; unit_kind: string; judges: string }>(
    `select r.unit, replace(r.unit_kind, '_', ' ') as unit_kind, (select array_to_string(units, ' and each ') from controls.control where control = ?) as judges
     from controls.result as r where ${NAMED} order by r.unit_kind, r.unit limit 1`,
    [control, name, name, name],
  );
  if (other !== undefined)
    return `it judges each ${other.judges.replaceAll("_", " ")}, and ${other.unit} is ${/^[aei]/.test(other.unit_kind) ? "an" : "a"} ${other.unit_kind}: \`quarterdeck explain ${other.unit}\` says what others find`;
  const list = `\`quarterdeck check --control ${control}\` lists what it finds`;
  const near = await nearUnits(warehouse, name, control);
  return near === "" ? list : `${near} ${list}`;
}

/** `did you mean ...?` with units of nearly that name, all of them or those of one control; else nothing. */
export async function nearUnits(warehouse: Warehouse, name: string, control?: string): Promise<string> {
  const near = await warehouse.rows<{ unit: string }>(
    `with asked as (select lower(substring(?, strpos(?, ':') + 1)) as name),
     known as (select distinct unit from controls.result where control = coalesce(?, control)),
     measured as (
       select k.unit, levenshtein(lower(substring(k.unit, strpos(k.unit, ':') + 1)), a.name) as distance
       from known as k
       cross join asked as a
       where length(a.name) > ${FURTHEST}
     )
     select unit from measured where distance <= ${FURTHEST} and distance = (select min(distance) from measured) order by unit limit 3`,
    [name, name, control ?? null],
  );
  return near.length === 0 ? "" : `did you mean ${near.map(({ unit }) => `\`${unit}\``).join(" or ")}?`;
}
