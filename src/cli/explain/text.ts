import { countsText } from "../../controls/counts.ts";
import { printableLine } from "../../printable.ts";
import type { FoundRecord } from "../../warehouse/records.ts";
import type { CollectedRow } from "./collected.ts";
import type { Entry, Judgement, Need } from "./control.ts";

/** What a control says of one unit, record by record. All times are in one zone, which is said once. */
export function judgementText({ result, records, collected, published, step, notFound, exemptions, zone }: Judgement, { control }: Entry): string[] {
  const { unit, unit_kind, service, environment, occurred_at, status, reason } = result;
  const clock = clockIn(zone);
  const facts = [unit_kind.replace("_", " "), service, environment, occurred_at && clock(occurred_at)].filter((fact) => fact !== null);
  const record = (found: FoundRecord) => [
    line(`  ${found.entity.replaceAll("_", " ")} ${found.id}`),
    ...collected.filter(({ id }) => id === found.id).map((row) => rowText(row, clock)),
    ...fieldText(found, clock),
  ];
  return [
    line(`${result.control} ${control.title}: ${unit}`),
    line(`(${facts.join(", ")}; times are those of ${zone})`),
    "",
    line(`${result.is_not_due ? "not applicable (not due yet)" : status.replace("_", " ")}: ${reason}`),
    ...toDo(status, step, control.remedy),
    ...published.map((said) => line(`First published as ${said.status.replace("_", " ")} in the build as of ${clock(said.as_of)}`)),
    "",
    `What was looked at: ${records.length === 0 ? "no record" : ""}`.trim(),
    ...records.flatMap(record),
    ...notFound.map((id) => line(`  ${id} (no record of this id is in the model)`)),
    "",
    `Exemptions that name it: ${exemptions.length === 0 ? "none" : ""}`.trim(),
    ...exemptions.flatMap((one) => [
      line(`  ${one.exemption_id} ${one.refusal === null ? "covers it" : `does not cover it: ${one.refusal}`}`),
      ...(one.record ? record(one.record).slice(1) : []),
    ]),
    "",
  ];
}

function toDo(status: string, step: string | null, remedy: string): string[] {
  if (status === "exempt") return ["What to do: nothing, while it is waived."];
  if (status !== "fail" && status !== "unknown") return [];
  return step === null ? [line(`What to do: ${remedy}`)] : [line(`What to do: ${step}`), line(`From now on: ${remedy}`)];
}

const rowText = ({ source, stream, key, fetched_at, batch_id, sha256 }: CollectedRow, clock: Clock) =>
  line(`    collected ${clock(fetched_at)}, batch ${batch_id}, sha256 ${sha256.slice(0, 12)} (${source} ${stream} ${key})`);

const fieldText = ({ record, id }: FoundRecord, clock: Clock) =>
  Object.entries(record)
    .filter(([, value]) => value !== null && value !== id && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => line(`    ${name}: ${typeof value === "string" ? clock(value) : JSON.stringify(value)}`));

/** A control as the catalogue has it; its SQL where it is asked for. */
export function entryText({ control, counts, parameters, needs, file, sql }: Entry, isWithSql: boolean): string[] {
  return [
    line(`${control.control} ${control.title} (${control.severity})`),
    line(`Question: ${control.question}`),
    ...(control.rule === null ? [] : [line(`Rule: ${control.rule.trim()}${control.version === null ? "" : ` (version ${control.version})`}`)]),
    line(`Remedy: ${control.remedy}`),
    `All units: ${countsText(counts)}`,
    ...parameters.map(({ name, value, preset, unit, description }) =>
      line(`Parameter ${name}: ${value || "none"}${unit === null ? "" : ` ${unit}`}${value === preset ? "" : ` (the control's own: ${preset || "none"})`}. ${description}`),
    ),
    ...needs.map(needText),
    line(`File: ${file}${isWithSql ? "" : " (--sql prints it)"}`),
    ...(isWithSql ? ["", sql] : []),
  ];
}

const needText = ({ entity, kind, is_known, said_by }: Need) =>
  line(`${kind === "adverse" ? "Looks for faults in" : "Looks for proof in"} ${entity}${is_known === null ? "" : is_known ? `: known to be all collected for that time${said_by.length > 0 ? `, as ${said_by.join(", ")} said` : ""}` : ": nothing says that all were collected for that time"}`);

type Clock = (text: string) => string;

const INSTANT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|\+00)$/;

/** Instants, which come in UTC, as the organisation's clock shows them; other text as it is. */
export function clockIn(timeZone: string): Clock {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
  return (text) => {
    const at = INSTANT.test(text) ? new Date(text.replace(" ", "T").replace(/\+00$/, "Z")) : undefined;
    return at === undefined || Number.isNaN(at.getTime()) ? text : format.format(at);
  };
}

const line = (text: string) => printableLine(text.replaceAll(/\s*\n\s*/g, " "));
