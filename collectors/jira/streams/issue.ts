import type { Json } from "../../contract.ts";
import type { JiraConfig } from "../config.ts";
import { namesOf } from "../names.ts";
import type { History, Issue } from "../shapes.ts";
import type { WalkSpec } from "./walk.ts";

/** What every issue is read with, beside the fields of the configuration. */
const FIELDS = [
  ...[
    "summary",
    "description",
    "issuetype",
    "project",
    "status",
    "resolution",
    "resolutiondate",
    "created",
    "updated",
    "assignee",
    "reporter",
  ],
  ...["priority", "labels", "components", "issuelinks", "parent", "duedate"],
] as const;

/** Issues with their steps from status to status: one record, so that neither is ever stored without the other. */
export const issue: WalkSpec = {
  name: "issue",
  async wanted(session) {
    const where = await session.everything();
    const { fields } = await session.resolved();
    return where === undefined
      ? undefined
      : {
          where,
          fields: [...new Set([...FIELDS, ...[...fields.values()].sort()])],
          described: namesOf(session.config, "incident"),
        };
  },
  async records({ config, platform }, issues) {
    const histories = await platform.histories(issues);
    return issues.map((one) => ({
      record: {
        key: one.id,
        updatedAt: instantOf(one),
        payload: payloadOf(
          isDescribed(one, config) ? one.fields : withoutDescription(one),
          one,
          histories.get(one.id) ?? [],
        ),
      },
    }));
  },
};

/** Descriptions are read for what incidents name. Those of all other issues are many, and nobody's business, unless the configuration names the field. */
function isDescribed({ fields }: Issue, config: JiraConfig): boolean {
  const { name } = (fields["issuetype"] ?? {}) as { readonly name?: string };
  const isWanted = Object.values(config.fields).some((one) => one?.trim().toLowerCase() === "description");
  return isWanted || namesOf(config, "incident").includes(name?.trim().toLowerCase() ?? "");
}

function withoutDescription({ fields }: Issue): Issue["fields"] {
  const { description: _, ...others } = fields;
  return others;
}

/** What differs from call to call and says nothing is left out, and of linked issues what they say themselves. */
function payloadOf(fields: Issue["fields"], { id, key, self }: Issue, histories: readonly History[]): Json {
  // What happens while pages of changelogs are read may bring a step twice.
  const once = [...new Map(histories.map((one) => [one.id, one])).values()];
  const sorted = once.sort((one, other) => Number(one.id) - Number(other.id));
  return {
    id,
    key,
    self: self ?? null,
    fields: { ...(fields as Record<string, Json>), issuelinks: linksIn(fields["issuelinks"]) },
    changelog: { histories: sorted as unknown as Json },
  };
}

/** A link copies summary and status of the other issue, and neither changes with this one. */
function linksIn(links: unknown): Json {
  if (!Array.isArray(links)) return null;
  return (links as Record<string, Json>[]).map(({ inwardIssue, outwardIssue, ...link }) => ({
    ...link,
    ...(inwardIssue !== undefined && { inwardIssue: withoutFields(inwardIssue) }),
    ...(outwardIssue !== undefined && { outwardIssue: withoutFields(outwardIssue) }),
  }));
}

function withoutFields(other: Json): Json {
  const { id = null, key = null } = other as Record<string, Json>;
  return { id, key };
}

export const instantOf = ({ fields }: Issue): string => new Date(Date.parse(fields.updated)).toISOString();
