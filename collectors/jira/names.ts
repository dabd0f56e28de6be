import { SourceError } from "../../src/errors.ts";
import type { JiraConfig, Kind, Role } from "./config.ts";
import type { Field, IssueType } from "./shapes.ts";

/** What the configuration names and Jira has, and in words what Jira has not or has twice. */
export interface Resolved {
  /** What a field holds -> id of the field. */
  readonly fields: ReadonlyMap<Role, string>;
  readonly problems: readonly string[];
}

const same = (one: string, other: string) => one.trim().toLowerCase() === other.trim().toLowerCase();

export function resolveFields(config: JiraConfig, known: readonly Field[]): Resolved {
  const fields = new Map<Role, string>();
  const problems: string[] = [];
  for (const [role, wanted] of Object.entries(config.fields) as [Role, string | undefined][]) {
    if (wanted === undefined) continue;
    const found = known.filter(({ id, name }) => id === wanted || same(name, wanted));
    const exact = found.find(({ id }) => id === wanted) ?? (found.length === 1 ? found[0] : undefined);
    if (exact) fields.set(role, exact.id);
    else problems.push(problemOf(role, wanted, found));
  }
  return { fields, problems };
}

function problemOf(role: Role, wanted: string, found: readonly Field[]): string {
  const named = `fields.${role}: ${JSON.stringify(wanted)}`;
  if (found.length === 0)
    return `${named}: Jira has no field of this name, or the token may not see it: write the name as Jira's form shows it`;
  const ids = found.map(({ id }) => id).join(" and ");
  return `${named}: ${found.length} fields have this name: write the id of the one that is meant, ${ids}`;
}

/** Types whose name says what they are; Jira Service Management puts [System] before its own. */
const KINDS: Readonly<Record<string, Kind>> = {
  story: "story",
  bug: "bug",
  change: "change_request",
  "[system] change": "change_request",
  incident: "incident",
  "[system] incident": "incident",
};

/** Names of the issue types of a kind, in lower case. */
export function namesOf({ kinds }: JiraConfig, wanted: Kind): string[] {
  const configured = Object.entries(kinds).map(([name, kind]) => [name.trim().toLowerCase(), kind] as const);
  return [...new Map([...Object.entries(KINDS), ...configured])]
    .filter(([, kind]) => kind === wanted)
    .map(([name]) => name)
    .sort();
}

/** Numbers of the issue types of a kind. */
export function typesOf(config: JiraConfig, wanted: Kind, types: readonly IssueType[]): string[] {
  const names = namesOf(config, wanted);
  return types.filter(({ name }) => names.includes(name.trim().toLowerCase())).map(({ id }) => id);
}

/** Issue types that the configuration names and Jira does not have. */
export function unknownKinds({ kinds }: JiraConfig, types: readonly IssueType[]): string[] {
  return Object.keys(kinds)
    .filter((name) => !types.some((type) => same(type.name, name)))
    .map(
      (name) =>
        `kinds: ${JSON.stringify(name)}: Jira has no issue type of this name: write it as Jira shows it`,
    );
}

/** @throws {SourceError} where there are problems */
export function assertResolved(problems: readonly string[]): void {
  if (problems.length > 0) throw new SourceError("jira", "schema", problems.join("\n"));
}
