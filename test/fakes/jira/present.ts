import { DateTime } from "luxon";
import { typeId } from "./jql.ts";
import {
  type Approval,
  type Field,
  type FieldKind,
  type Instant,
  type Issue,
  type Project,
  type Status,
  type Step,
  TYPES,
  type User,
  type World,
} from "./world.ts";

/** Who looks, and where: by this the same record is written differently. */
export interface View {
  readonly world: World;
  readonly base: string;
  readonly isCloud: boolean;
}

/** As Jira writes instants: with the viewer's offset, and no colon in it. */
export const jiraTime = (at: Instant, { world }: View): string =>
  DateTime.fromMillis(at, { zone: world.zone ?? "UTC" }).toFormat("yyyy-MM-dd'T'HH:mm:ss.SSSZZZ");

export function userOf({ login, name, email }: User, { base, isCloud }: View): object {
  const own = isCloud
    ? { accountId: `557058:${login}`, accountType: "atlassian" }
    : { name: login, key: `JIRAUSER-${login}` };
  return {
    self: `${base}/rest/api/${isCloud ? 3 : 2}/user?name=${encodeURIComponent(login)}`,
    ...own,
    emailAddress: email,
    displayName: name,
    active: true,
    timeZone: "Europe/Berlin",
  };
}

export const projectOf = ({ id, key, name, type }: Project, { base }: View): object => ({
  self: `${base}/rest/api/3/project/${id}`,
  id,
  key,
  name,
  projectTypeKey: type,
  simplified: false,
});

const statusOf = ({ id, name, category }: Status, { base }: View): object => ({
  self: `${base}/rest/api/3/status/${id}`,
  id,
  name,
  statusCategory: {
    id: { new: 2, indeterminate: 4, done: 3 }[category],
    key: category,
    name: { new: "To Do", indeterminate: "In Progress", done: "Done" }[category],
    colorName: "blue-gray",
  },
});

export const typeOf = (name: string, { base }: View): object => ({
  self: `${base}/rest/api/3/issuetype/${typeId(name)}`,
  id: typeId(name),
  name,
  subtask: false,
});

export const typesOf = (view: View): object[] => TYPES.map((name) => typeOf(name, view));

const CUSTOM: Readonly<Record<FieldKind, string>> = {
  option: "select",
  datetime: "datetime",
  string: "textfield",
  textarea: "textarea",
  any: "app",
};
const SYSTEM = [
  "summary",
  "description",
  "status",
  "issuetype",
  "project",
  "created",
  "updated",
  "components",
  "labels",
  "priority",
  "resolutiondate",
];

export const fieldsOf = ({ world }: View): object[] => [
  ...SYSTEM.map((id) => ({
    id,
    key: id,
    name: id.slice(0, 1).toUpperCase() + id.slice(1),
    custom: false,
    orderable: true,
    navigable: true,
    searchable: true,
    clauseNames: [id],
  })),
  ...world.fields.map(({ id, name, kind }) => ({
    id,
    key: id,
    name,
    custom: true,
    orderable: true,
    navigable: true,
    searchable: true,
    clauseNames: [`cf[${id.slice(12)}]`, name],
    schema: {
      type: kind === "textarea" ? "string" : kind,
      custom: `com.atlassian.jira.plugin.system.customfieldtypes:${CUSTOM[kind]}`,
      customId: Number(id.slice(12)),
    },
  })),
];

/** An issue with the fields that were asked for. */
export function issueOf(issue: Issue, wanted: readonly string[], view: View): object {
  const { base, isCloud } = view;
  const whole: Record<string, unknown> = {
    summary: issue.summary,
    description: descriptionOf(issue, view),
    issuetype: typeOf(issue.type, view),
    project: projectOf(issue.project, view),
    status: statusOf(issue.status, view),
    resolution:
      issue.resolvedAt === undefined
        ? null
        : { self: `${base}/rest/api/3/resolution/1`, id: "1", name: "Done", description: "" },
    resolutiondate: issue.resolvedAt === undefined ? null : jiraTime(issue.resolvedAt, view),
    created: jiraTime(issue.createdAt, view),
    updated: jiraTime(issue.updatedAt, view),
    assignee: issue.assignee ? userOf(issue.assignee, view) : null,
    reporter: userOf(issue.reporter, view),
    priority: {
      self: `${base}/rest/api/3/priority/3`,
      id: "3",
      name: issue.priority,
      iconUrl: `${base}/images/priority.svg`,
    },
    labels: issue.labels,
    components: issue.components.map((name, index) => ({
      self: `${base}/rest/api/3/component/${index}`,
      id: String(index),
      name,
    })),
    issuelinks: issue.links.map((link) => linkOf(link, view)),
    parent: undefined,
    ...Object.fromEntries(
      view.world.fields.map((field) => [field.id, valueOf(field, issue.custom.get(field.id), view)]),
    ),
  };
  const fields = Object.fromEntries(
    wanted.filter((name) => whole[name] !== undefined).map((name) => [name, whole[name]]),
  );
  const version = isCloud ? 3 : 2;
  return {
    expand: "operations,changelog",
    id: issue.id,
    self: `${base}/rest/api/${version}/issue/${issue.id}`,
    key: issue.key,
    fields,
  };
}

function linkOf({ id, type, outward, inward }: Issue["links"][number], view: View): object {
  const of = (issue: Issue) => ({
    id: issue.id,
    key: issue.key,
    self: `${view.base}/rest/api/3/issue/${issue.id}`,
    fields: {
      summary: issue.summary,
      status: statusOf(issue.status, view),
      issuetype: typeOf(issue.type, view),
    },
  });
  const self = `${view.base}/rest/api/3/issueLink/${id}`;
  return {
    id,
    self,
    type,
    ...(outward && { outwardIssue: of(outward) }),
    ...(inward && { inwardIssue: of(inward) }),
  };
}

function valueOf({ kind }: Field, value: string | undefined, view: View): unknown {
  if (value === undefined) return null;
  if (kind === "any") return JSON.parse(value) as unknown;
  if (kind === "option") return { self: `${view.base}/rest/api/3/customFieldOption/1`, value, id: "1" };
  if (kind === "datetime") return jiraTime(Date.parse(value), view);
  return kind === "textarea" && view.isCloud ? documentOf(value) : value;
}

function descriptionOf({ description }: Issue, { isCloud }: View): unknown {
  if (description === undefined) return null;
  if (!isCloud) return description;
  return description.startsWith("{") ? (JSON.parse(description) as unknown) : documentOf(description);
}

/** Rich text: a paragraph a line. */
const documentOf = (text: string): object => ({
  type: "doc",
  version: 1,
  content: text
    .split("\n")
    .map((line) => ({
      type: "paragraph",
      content: line === "" ? [] : [{ type: "text", text: line, marks: [{ type: "strong" }] }],
    })),
});

/** Cloud's bulk answer counts milliseconds, all others write the date. */
export function stepOf({ id, at, by, from, to }: Step, view: View, isBulk: boolean): object {
  const item = {
    field: "status",
    fieldtype: "jira",
    ...(view.isCloud && { fieldId: "status" }),
    from: from.id,
    fromString: from.name,
    to: to.id,
    toString: to.name,
  };
  return { id, author: userOf(by, view), created: isBulk ? at : jiraTime(at, view), items: [item] };
}

const dateOf = (at: Instant, view: View): object => ({
  iso8601: jiraTime(at, view).replace(".000", ""),
  jira: jiraTime(at, view),
  // What a person reads goes by the clock of whoever reads it.
  friendly: `${Math.round((view.world.now - at) / 60_000)} minutes ago`,
  epochMillis: at,
});

export function approvalOf(
  { id, name, createdAt, completedAt, approvers }: Approval,
  issue: Issue,
  view: View,
): object {
  const isDeclined = approvers.some(({ decision }) => decision === "declined");
  const self = `${view.base}/rest/servicedeskapi/request/${issue.id}/approval/${id}`;
  return {
    id,
    name,
    finalDecision: completedAt === undefined ? "pending" : isDeclined ? "declined" : "approved",
    canAnswerApproval: false,
    approvers: approvers.map(({ user, decision }) => ({
      approver: personOf(user, view),
      approverDecision: decision,
    })),
    createdDate: dateOf(createdAt, view),
    ...(completedAt !== undefined && { completedDate: dateOf(completedAt, view) }),
    _links: { self },
  };
}

/** Service Management knows people by a little more. */
function personOf(user: User, view: View): object {
  const { login, name, email } = user;
  const own = view.isCloud ? { accountId: `557058:${login}` } : { name: login, key: `JIRAUSER-${login}` };
  return {
    ...own,
    emailAddress: email,
    displayName: name,
    active: true,
    timeZone: "Europe/Berlin",
    _links: { self: `${view.base}/rest/api/2/user?name=${encodeURIComponent(login)}` },
  };
}
