import { find, JqlError, orderOf } from "./jql.ts";
import {
  approvalOf,
  fieldsOf,
  issueOf,
  jiraTime,
  projectOf,
  stepOf,
  typesOf,
  userOf,
  type View,
} from "./present.ts";
import type { Issue, Project } from "./world.ts";

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** What the token's owner may see. */
export interface Rights {
  /** Keys; left out = all. */
  readonly projects?: readonly string[] | undefined;
  readonly approvals: boolean;
  /** Issues on a page at most, however many are asked for. */
  readonly most: number;
}

export interface Desk {
  readonly view: View;
  readonly rights: Rights;
  readonly asked: Asked;
}

type Route = (desk: Desk, match: RegExpExecArray) => unknown;

const COMMON: readonly (readonly [RegExp, Route])[] = [
  [
    /^GET \/serverInfo$/,
    ({ view }) => ({
      baseUrl: view.base,
      deploymentType: view.isCloud ? "Cloud" : "Server",
      version: "1001.0.0",
      serverTime: jiraTime(view.world.now, view),
    }),
  ],
  [
    /^GET \/myself$/,
    ({ view }) => ({ ...userOf(view.world.user("quarterdeck"), view), timeZone: view.world.zone }),
  ],
  [/^GET \/field$/, ({ view }) => fieldsOf(view)],
  [/^GET \/issuetype$/, ({ view }) => typesOf(view)],
];

const CLOUD: readonly (readonly [RegExp, Route])[] = [
  ...COMMON,
  [/^GET \/project\/search$/, projectPage],
  [/^POST \/search\/jql$/, searchByToken],
  [
    /^POST \/search\/approximate-count$/,
    ({ view, rights, asked }) => ({
      count: visible(view, rights, (bodyOf(asked) as { jql: string }).jql).length,
    }),
  ],
  [/^POST \/changelog\/bulkfetch$/, bulkChangelogs],
];

const DATA_CENTER: readonly (readonly [RegExp, Route])[] = [
  ...COMMON,
  [/^GET \/project$/, ({ view, rights }) => browsable(view, rights).map((one) => projectOf(one, view))],
  [/^POST \/search$/, searchByOffset],
];

const bodyOf = ({ body }: Asked): unknown => JSON.parse(body);

export function answer(desk: Desk): Reply {
  const { asked, view } = desk;
  const approvals = /^GET \/rest\/servicedeskapi\/request\/([^/]+)\/approval$/.exec(
    `${asked.method} ${asked.path}`,
  );
  if (approvals) return approvalPage(desk, approvals[1] ?? "");
  const prefix = view.isCloud ? "/rest/api/3" : "/rest/api/2";
  if (!asked.path.startsWith(prefix))
    return { status: 404, body: { errorMessages: ["Not here"], errors: {} } };
  const line = `${asked.method} ${asked.path.slice(prefix.length)}`;
  for (const [pattern, route] of view.isCloud ? CLOUD : DATA_CENTER) {
    const match = pattern.exec(line);
    if (match) return ok(desk, route, match);
  }
  return { status: 404, body: { errorMessages: [`No route ${line}`], errors: {} } };
}

function ok(desk: Desk, route: Route, match: RegExpExecArray): Reply {
  try {
    return { status: 200, body: route(desk, match) };
  } catch (error) {
    if (!(error instanceof JqlError)) throw error;
    return { status: 400, body: { errorMessages: [error.message], errors: {} } };
  }
}

const browsable = ({ world }: View, { projects }: Rights): Project[] =>
  [...world.projects.values()].filter(
    (one) => world.isOpen(one) && (projects === undefined || projects.includes(one.key)),
  );

interface Found {
  readonly jql: string;
  readonly version: number;
  readonly issues: Issue[];
}

/** The list that was asked for last: its next page is most likely asked for next. */
const lastFound = new WeakMap<Rights, Found>();

function visible(view: View, rights: Rights, jql: string): Issue[] {
  const last = lastFound.get(rights);
  const { version } = view.world;
  if (last?.jql === jql && last.version === version) return last.issues;
  const issues = search(view, rights, jql);
  lastFound.set(rights, { jql, version, issues });
  return issues;
}

function search(view: View, rights: Rights, jql: string): Issue[] {
  const seen = new Set(browsable(view, rights).map(({ id }) => id));
  return find(view.world, jql).filter((one) => seen.has(one.project.id) && view.world.isShown(one));
}

function projectPage({ view, rights, asked }: Desk): object {
  const all = browsable(view, rights);
  const startAt = Number(asked.query.get("startAt") ?? 0);
  const maxResults = Math.min(50, Number(asked.query.get("maxResults") ?? 50));
  const values = all.slice(startAt, startAt + maxResults).map((one) => projectOf(one, view));
  return { startAt, maxResults, total: all.length, isLast: startAt + values.length >= all.length, values };
}

interface Search {
  readonly jql: string;
  readonly fields?: readonly string[];
  readonly maxResults?: number;
  readonly nextPageToken?: string;
  readonly startAt?: number;
  readonly expand?: readonly string[];
}

/** A token holds the place after an issue, by what the list is ordered by: what moves meanwhile does not shift it. */
function searchByToken({ view, rights, asked }: Desk): object {
  const { jql, fields = ["id"], maxResults = 50, nextPageToken } = bodyOf(asked) as Search;
  const found = visible(view, rights, jql);
  const from = nextPageToken === undefined ? 0 : placeOf(found, nextPageToken, jql);
  const isBare = fields.every((name) => name === "id" || name === "key");
  const page = found.slice(from, from + Math.min(maxResults, rights.most, isBare ? 5_000 : 100));
  const last = page.at(-1);
  const isLast = from + page.length >= found.length;
  return {
    issues: page.map((issue) => (isBare ? { id: issue.id } : issueOf(issue, fields, view))),
    isLast,
    ...(isLast || !last
      ? {}
      : { nextPageToken: Buffer.from(`${last.updatedAt} ${last.id}`).toString("base64") }),
  };
}

function placeOf(found: readonly Issue[], token: string, jql: string): number {
  const [updatedAt = "", id = ""] = Buffer.from(token, "base64").toString().split(" ");
  if (!/^\d+$/.test(updatedAt)) throw new JqlError("The provided next page token is invalid or expired.");
  const place = found.findIndex(
    (one) => (orderOf(jql)?.(one, { updatedAt: Number(updatedAt), id }) ?? 1) > 0,
  );
  return place === -1 ? found.length : place;
}

function searchByOffset({ view, rights, asked }: Desk): object {
  const { jql, fields = ["summary"], maxResults = 50, startAt = 0, expand = [] } = bodyOf(asked) as Search;
  const found = visible(view, rights, jql);
  const page = found.slice(startAt, startAt + Math.min(1_000, maxResults, rights.most));
  const histories = (issue: Issue) => issue.steps.map((step) => stepOf(step, view, false));
  const changelogOf = (issue: Issue) => ({
    startAt: 0,
    maxResults: issue.steps.length,
    total: issue.steps.length,
    histories: histories(issue),
  });
  const issues = page.map((issue) => ({
    ...issueOf(issue, fields, view),
    ...(expand.includes("changelog") && { changelog: changelogOf(issue) }),
  }));
  return { expand: "schema,names", startAt, maxResults, total: found.length, issues };
}

interface Bulk {
  readonly issueIdsOrKeys: readonly string[];
  readonly fieldIds?: readonly string[];
  readonly maxResults?: number;
  readonly nextPageToken?: string;
}

/** Pages count steps, not issues: those of one issue may come on several. The oldest come first, as documented. */
function bulkChangelogs({ view, rights, asked }: Desk): object {
  const { issueIdsOrKeys, maxResults = 1_000, nextPageToken } = bodyOf(asked) as Bulk;
  if (issueIdsOrKeys.length > 1_000) throw new JqlError("The number of issues must not be more than 1000.");
  const issues = issueIdsOrKeys
    .flatMap((id) => view.world.issues.get(id) ?? [])
    .filter((one) => view.world.isShown(one));
  const all = issues
    .flatMap((issue) => issue.steps.map((step) => ({ issue, step })))
    .sort((one, other) => Number(one.step.id) - Number(other.step.id));
  const next = all.findIndex(({ step }) => Number(step.id) >= Number(nextPageToken ?? 0));
  const from = next === -1 ? all.length : next;
  const page = all.slice(from, from + Math.min(maxResults, rights.most, 10_000));
  const byIssue = Map.groupBy(page, ({ issue }) => issue.id);
  const issueChangeLogs = [...byIssue].map(([issueId, steps]) => ({
    issueId,
    changeHistories: steps.map(({ step }) => stepOf(step, view, true)),
  }));
  const end = from + page.length;
  return { issueChangeLogs, nextPageToken: all[end]?.step.id ?? null };
}

function approvalPage({ view, rights, asked }: Desk, id: string): Reply {
  const issue = view.world.issues.get(id);
  if (!issue?.isRequest || !view.world.isShown(issue))
    return {
      status: 404,
      body: { errorMessage: "The request you are trying to view does not exist", i18nErrorMessage: {} },
    };
  if (!rights.approvals)
    return {
      status: 403,
      body: { errorMessage: "You do not have permission to view this request", i18nErrorMessage: {} },
    };
  const start = Number(asked.query.get("start") ?? 0);
  const limit = Math.min(50, Number(asked.query.get("limit") ?? 50));
  const values = issue.approvals.slice(start, start + limit).map((one) => approvalOf(one, issue, view));
  const base = `${view.base}/rest/servicedeskapi`;
  const isLastPage = start + values.length >= issue.approvals.length;
  return {
    status: 200,
    body: {
      _expands: [],
      size: values.length,
      start,
      limit,
      isLastPage,
      _links: { base, context: "" },
      values,
    },
  };
}
