import * as present from "./present.ts";
import type { Changing, Issue, Project } from "./world/records.ts";
import { history, type World } from "./world/world.ts";

export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export const error = (status: number, message: string): Reply => ({ status, body: { message } });

const NOT_FOUND = error(404, "404 Not found");
const FORBIDDEN = error(403, "403 Forbidden");

/** Lists that GitLab does not count. */
const UNCOUNTED = /\/repository\/commits$/;
/** Above these GitLab does not say how many there are, and leads no further. */
const MOST_COUNTED = 10_000;
const FARTHEST = 50_000;

/** What GitLab answers to a path below /api/v4 and its parameters. */
export function answer(world: World, path: string, query: URLSearchParams): Reply {
  const parts = path.split("/").slice(1).map(decodeURIComponent);
  const found = parts[0] === "groups" ? group(world, parts) : project(world, parts, query);
  if (found === undefined) return NOT_FOUND;
  if (isReply(found)) return found;
  return Array.isArray(found) ? paged(found, path, query) : { status: 200, body: found };
}

const isReply = (found: object): found is Reply => "status" in found && "body" in found;

function group(world: World, [, name = "", kind]: readonly string[]): object[] | undefined {
  if (kind !== "projects") return undefined;
  const below = [...world.projects.values()].filter(({ path }) => path.startsWith(`${name}/`));
  return below.length === 0 ? undefined : below.map(present.project);
}

const FEATURES: Readonly<Record<string, string>> = {
  environments: "environments",
  deployments: "environments",
  merge_requests: "merge_requests",
  pipelines: "builds",
  releases: "releases",
  issues: "issues",
  repository: "repository",
};

function project(
  world: World,
  [, id = "", kind, ...more]: readonly string[],
  query: URLSearchParams,
): object | undefined {
  const found = world.find(id);
  if (!found) return undefined;
  if (kind === undefined) return present.project(found);
  if (found.off.has(FEATURES[kind] ?? "")) return FORBIDDEN;
  return KINDS[kind]?.(found, more, query);
}

type Answering = (of: Project, more: readonly string[], query: URLSearchParams) => object | undefined;

const KINDS: Readonly<Record<string, Answering>> = {
  environments: ({ environments }) => [...environments.values()].map(present.environment),
  deployments: (of, [id], query) => {
    if (id !== undefined)
      return shown(of.deployments.get(Number(id)), (one) => present.deploymentWithApprovals(of, one));
    if ((query.has("updated_after") || query.has("updated_before")) && query.get("order_by") !== "updated_at")
      return error(400, "400 Bad request - `updated_at` filter requires `updated_at` sort");
    return listed(of.deployments, query).map((one) => present.deployment(of, one));
  },
  merge_requests: (of, [id, part], query) => {
    if (id === undefined) return listed(of.mergeRequests, query).map((one) => present.mergeRequest(of, one));
    return shown(of.mergeRequests.get(Number(id)), (one) => {
      switch (part) {
        case undefined:
          return present.mergeRequest(of, one);
        case "commits":
          return one.commits.toReversed().map((commit) => present.commit(of, commit));
        case "approvals":
          return present.approvals(of, one);
        case "notes":
          return present.notes(of, one);
        case "diffs":
          return present.diffs(one);
        default:
          return one.closes.flatMap(
            (number) => shown(issueIn(of, number), (closed) => present.issue(of, closed)) ?? [],
          );
      }
    });
  },
  pipelines: (of, [id, part], query) => {
    if (id === undefined) return listed(of.pipelines, query).map((one) => present.pipeline(of, one));
    return shown(of.pipelines.get(Number(id)), (one) =>
      part === "jobs"
        ? one.jobs
            .filter(({ isRetried }) => query.get("include_retried") === "true" || !isRetried)
            .map((job) => present.job(of, one, job))
        : present.pipelineInFull(of, one),
    );
  },
  releases: (of) => [...of.releases.values()].map((one) => present.release(of, one)),
  issues: (of, [id, part], query) => {
    if (id === undefined) return issuesOf(of, query).map((one) => present.issue(of, one));
    return shown(issueIn(of, Number(id)), (one) =>
      part === "resource_state_events" ? present.stateEvents(one) : present.labelEvents(one),
    );
  },
  repository: (of, [kind], query) => {
    if (kind === "branches")
      return shown(of.commits.get(of.main ?? ""), (commit) => present.branch(of, commit));
    return history(of, query.get("ref_name") ?? of.main ?? "")?.map((commit) => present.commit(of, commit));
  },
};

const shown = <One>(one: One | undefined, as: (one: One) => object): object | undefined =>
  one ? as(one) : undefined;

const issueIn = ({ issues, hidden }: Project, id: number): Issue | undefined =>
  hidden.has(id) ? undefined : issues.get(id);

const issuesOf = ({ issues, hidden }: Project, query: URLSearchParams): Issue[] => {
  const type = query.get("issue_type");
  return listed(issues, query).filter(
    ({ id, ...one }) => !hidden.has(id) && (type === null || one.type === type),
  );
};

/** Filtered and in order, as all lists are that can be asked for by time of update. */
function listed<One extends Changing>(all: ReadonlyMap<number, One>, query: URLSearchParams): One[] {
  const iids = query.getAll("iids[]").map(Number);
  const after = boundIn(query, "updated_after") ?? -Infinity;
  const before = boundIn(query, "updated_before") ?? Infinity;
  const sign = query.get("sort") === "asc" ? 1 : -1;
  return [...all.values()]
    .filter(
      ({ id, updatedAt }) =>
        updatedAt >= after && updatedAt <= before && (iids.length === 0 || iids.includes(id)),
    )
    .sort(
      (a, b) =>
        sign *
        (query.get("order_by") === "updated_at" ? a.updatedAt - b.updatedAt || a.id - b.id : a.id - b.id),
    );
}

/** To a thousandth of a millisecond, which dates here do not know. */
function boundIn(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const micros = /\.\d{3}(\d{3})/.exec(text)?.[1] ?? "0";
  return Date.parse(text) + Number(micros) / 1000;
}

function paged(all: readonly unknown[], path: string, query: URLSearchParams): Reply {
  const size = Math.min(100, Number(query.get("per_page") ?? 20));
  const page = Number(query.get("page") ?? 1);
  if (page * size > FARTHEST) return error(405, "Offset pagination has a maximum allowed offset of 50000");
  const hasNext = page * size < all.length;
  const isCounted = all.length <= MOST_COUNTED && !UNCOUNTED.test(path);
  const next = new URLSearchParams(query);
  next.set("page", String(page + 1));
  return {
    status: 200,
    body: all.slice((page - 1) * size, page * size),
    headers: {
      "x-page": String(page),
      "x-per-page": String(size),
      "x-next-page": hasNext ? String(page + 1) : "",
      "x-prev-page": page > 1 ? String(page - 1) : "",
      ...(isCounted && {
        "x-total": String(all.length),
        "x-total-pages": String(Math.ceil(all.length / size)),
      }),
      ...(hasNext && { link: `<${present.HTML}/api/v4${path}?${next}>; rel="next"` }),
    },
  };
}
