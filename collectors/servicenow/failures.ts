import { SourceError } from "../../src/errors.ts";
import type { Answer } from "../http/answer.ts";

export const SOURCE = "servicenow";

/** What reading each table takes, and what is missing without it. */
export const NEEDS = {
  change_request: { role: "sn_change_read", without: "change requests, and with them who authorised what" },
  incident: { role: "sn_incident_read", without: "incidents, and with them whether deployments failed" },
  sysapproval_approver: { role: "itil", without: "decisions on change requests" },
  cmdb_ci: { role: "cmdb_read", without: "configuration items: items are then known by what names them" },
  cmdb_rel_ci: { role: "cmdb_read", without: "which service depends on which" },
} as const;

export type StreamName = keyof typeof NEEDS;

const needOf = (table: string) => NEEDS[(table in NEEDS ? table : "cmdb_ci") as StreamName];

export const remedyFor = (table: string) => `give the user the role ${needOf(table).role}`;

/** What an answer that is none means here; undefined where it means what it means everywhere. */
export function explain({ status, body }: Answer, path: string): SourceError | undefined {
  const table = path.split("/").at(-1) ?? "";
  const said = messageOf(body);
  if (status === 403)
    return new SourceError(
      SOURCE,
      "auth",
      `the user may not read ${needOf(table).without} (${table})${said}: ${remedyFor(table)}`,
    );
  if (status === 400)
    return new SourceError(
      SOURCE,
      "missing",
      `${table}: ServiceNow does not take what is asked for${said}: is there a table of this name?`,
    );
  return undefined;
}

/** ServiceNow's own words, in brackets. */
export function messageOf(body: unknown): string {
  const { error } = (typeof body === "object" && body !== null ? body : {}) as { error?: unknown };
  const { message, detail } = (typeof error === "object" && error !== null ? error : {}) as Record<
    string,
    unknown
  >;
  const words = [message, detail].filter((one) => typeof one === "string" && one !== "");
  return words.length === 0 ? "" : ` (ServiceNow says: ${words.join(": ")})`;
}

/** @throws {SourceError} an answer of another shape than ServiceNow promises */
export const unexpected = (table: string, expected: string) =>
  new SourceError(
    SOURCE,
    "schema",
    `${table}: expected ${expected}, found something else: is url the address of the instance? If it is, please report it`,
  );

/** @throws {SourceError} records that were not asked for */
export const ignored = (table: string, condition: string) =>
  new SourceError(
    SOURCE,
    "schema",
    `${table}: ServiceNow ignores the condition ${condition} and gives records for which it does not hold: nothing of it is stored`,
  );
