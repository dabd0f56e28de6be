import { type ServiceNowConfig, servicenowConfig } from "./config.ts";
import type { StreamName } from "./failures.ts";
import { both } from "./query.ts";

/** What is read of ServiceNow as one stream. */
export interface Table {
  readonly stream: StreamName;
  /** The table that is asked. */
  readonly name: string;
  /** Conditions that records fulfil; empty = all. */
  readonly query: string;
  /** The part of it that somebody wrote. */
  readonly written: string;
  /** Fields that are read, without what every record has. */
  readonly fields: readonly string[];
  /** Those of them that somebody named: they must be there. */
  readonly named: ReadonlySet<string>;
}

export const ALWAYS = ["sys_id", "sys_updated_on", "sys_created_on"] as const;

const always: ReadonlySet<string> = new Set(ALWAYS);

type Fields = Readonly<Record<string, readonly string[]>>;

interface Configured {
  readonly query: string;
  readonly fields: Fields;
}

const asIs = servicenowConfig.parse({
  collector: "servicenow",
  url: "https://example.com",
  token: "${TOKEN}",
});

export function tablesOf(config: ServiceNowConfig): Table[] {
  const since = config.since === undefined ? "" : `sys_created_on>=${config.since} 00:00:00`;
  const { change_request, incident, approval, configuration_item: item, relation } = config;
  return [
    tableOf("change_request", change_request, asIs.change_request, { since, more: ["number"] }),
    tableOf("sysapproval_approver", approval, asIs.approval, { since }),
    ...(incident.read ? [tableOf("incident", incident, asIs.incident, { since, more: ["number"] })] : []),
    tableOf("cmdb_ci", item, asIs.configuration_item, { name: item.class, more: ["sys_class_name"] }),
    ...(relation.read ? [tableOf("cmdb_rel_ci", relation, asIs.relation)] : []),
  ];
}

function tableOf(
  stream: StreamName,
  { query, fields }: Configured,
  usual: Configured,
  { name = stream, since = "", more = [] }: { name?: string; since?: string; more?: readonly string[] } = {},
): Table {
  const wanted = new Set(Object.values(fields).flat());
  const usually = new Set(Object.values(usual.fields).flat());
  return {
    stream,
    name,
    query: both(since, query),
    written: query === usual.query ? "" : query,
    fields: [...new Set([...wanted, ...more])].filter((one) => !always.has(one)).sort(),
    named: new Set([...wanted].filter((one) => !usually.has(one))),
  };
}
