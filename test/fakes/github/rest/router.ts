import { type Asked, type Reply, refusal, reply } from "../server/http.ts";
import type { Access, Permission } from "../server/access.ts";
import type { Rates } from "../server/rate.ts";
import type { Repository } from "../world/records.ts";
import type { World } from "../world/world.ts";

export interface Call {
  readonly world: World;
  readonly access: Access;
  readonly asked: Asked;
  readonly rates: Rates;
  /** What the route's placeholders stand for. */
  readonly values: Readonly<Record<string, string>>;
}

export interface RepositoryCall extends Call {
  readonly repository: Repository;
}

export interface Route {
  /** `/orgs/{org}/repos` */
  readonly path: string;
  readonly permission: Permission;
  readonly scope: string;
  readonly answer: (call: Call) => Reply;
}

export function route(path: string, answer: (call: Call) => Reply): Route {
  return { path, answer, permission: "metadata", scope: "" };
}

/** A route below `/repos/{owner}/{repo}`. */
export function repositoryRoute(
  path: string,
  permission: Permission,
  answer: (call: RepositoryCall) => Reply,
): Route {
  const find = (call: Call): Reply => {
    const { owner = "", repo = "" } = call.values;
    const repository = call.world.repository(`${owner}/${repo}`);
    return repository ? answer({ ...call, repository }) : refusal(404, "Not Found");
  };
  return { path: `/repos/{owner}/{repo}${path}`, permission, scope: "repo", answer: find };
}

export interface Matched {
  readonly route: Route;
  readonly values: Readonly<Record<string, string>>;
}

export class Router {
  private readonly routes: readonly { readonly route: Route; readonly pattern: RegExp }[];

  constructor(routes: readonly Route[]) {
    this.routes = routes.map((one) => ({ route: one, pattern: patternOf(one.path) }));
  }

  match(path: string): Matched | undefined {
    for (const { route: found, pattern } of this.routes) {
      const groups = pattern.exec(path);
      if (groups) return { route: found, values: decoded(groups.groups) };
    }
    return undefined;
  }
}

const decoded = (groups: Readonly<Record<string, string>> = {}) =>
  Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]));

/** Names of branches may hold slashes, and stand at the end of a path. */
function patternOf(path: string): RegExp {
  const pattern = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    name === "ref" || name === "basehead" ? `(?<${name}>.+)` : `(?<${name}>[^/]+)`,
  );
  return new RegExp(`^${pattern}$`);
}

export function headersOf({ permission, scope }: Route, access: Access): Record<string, string> {
  const { kind, scopes, expiresAt } = access.token;
  const expiry = expiresAt && {
    "github-authentication-token-expiration": `${expiresAt.toISOString().slice(0, 19).replace("T", " ")} UTC`,
  };
  return kind === "classic"
    ? { "x-oauth-scopes": (scopes ?? []).join(", "), "x-accepted-oauth-scopes": scope, ...expiry }
    : { "x-accepted-github-permissions": `${permission}=read`, ...expiry };
}

/** A page of a list, with links to the others. `name`: where the list is a property beside a count. */
export function page<T>(
  { asked }: Call,
  items: readonly T[],
  present: (item: T) => unknown,
  name?: string,
  totalCount = items.length,
): Reply {
  const size = Math.min(100, wholeNumber(asked.query.get("per_page"), 30));
  const number = wholeNumber(asked.query.get("page"), 1);
  const shown = items.slice((number - 1) * size, number * size).map(present);
  const last = Math.max(1, Math.ceil(items.length / size));
  return reply(
    200,
    name === undefined ? shown : { total_count: totalCount, [name]: shown },
    linksOf(asked, number, last),
  );
}

function linksOf({ base, path, query }: Asked, number: number, last: number): Record<string, string> {
  const to = (target: number, rel: string) => {
    const search = new URLSearchParams(query);
    search.set("page", String(target));
    return `<${base}${path}?${search.toString()}>; rel="${rel}"`;
  };
  const links = [
    ...(number > 1 ? [to(number - 1, "prev")] : []),
    ...(number < last ? [to(number + 1, "next"), to(last, "last")] : []),
    ...(number > 1 ? [to(1, "first")] : []),
  ];
  return links.length > 0 ? { link: links.join(", ") } : {};
}

function wholeNumber(text: string | null, otherwise: number): number {
  const value = Number(text ?? otherwise);
  return Number.isInteger(value) && value > 0 ? value : otherwise;
}
