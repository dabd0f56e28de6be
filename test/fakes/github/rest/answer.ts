import { createHash } from "node:crypto";
import type { Access } from "../server/access.ts";
import { type Asked, type Reply, refusal, reply, textOf, withHeaders } from "../server/http.ts";
import type { Rates } from "../server/rate.ts";
import type { World } from "../world/world.ts";
import { actionRoutes } from "./actions.ts";
import { codeRoutes } from "./code.ts";
import { releaseRoutes } from "./releases.ts";
import { byNumber, movedTo, repositoryRoutes } from "./repositories.ts";
import { ruleRoutes } from "./rules.ts";
import { headersOf, route, Router } from "./router.ts";
import { simpleUser, type Schemas } from "./present.ts";
import { actor } from "../world/repositories.ts";

const router = new Router([
  route("/user", ({ world, access, asked }) =>
    reply(200, simpleUser(asked.base, actor(world, access.token.login))),
  ),
  route("/orgs/{owner}", ({ world, values, asked }) => {
    const found = world.actors.get(values["owner"] ?? "");
    return found?.__typename === "Organization"
      ? reply(200, simpleUser(asked.base, found))
      : refusal(404, "Not Found");
  }),
  route("/rate_limit", ({ rates, access }) => {
    const of = (resource: "core" | "graphql" | "search"): Schemas["rate-limit"] => {
      const { limit, used, resetAt } = rates.status(access.token, resource);
      return { limit, used, remaining: Math.max(0, limit - used), reset: resetAt.getTime() / 1000 };
    };
    const body: Schemas["rate-limit-overview"] = {
      resources: { core: of("core"), graphql: of("graphql"), search: of("search") },
      rate: of("core"),
    };
    return reply(200, body);
  }),
  ...repositoryRoutes,
  ...ruleRoutes,
  ...releaseRoutes,
  ...codeRoutes,
  ...actionRoutes,
]);

export interface RestCall {
  readonly world: World;
  readonly access: Access;
  readonly rates: Rates;
  readonly asked: Asked;
}

/** The route of a path, to count by. */
export function routeOf({ world, asked }: Pick<RestCall, "world" | "asked">): string {
  return router.match(byNumber({ world }, asked.path))?.route.path ?? asked.path;
}

export function answerRest(call: RestCall): Reply {
  const { world, access, asked } = call;
  const moved = movedTo(call, asked.path);
  if (moved !== undefined) return movedPermanently(asked, moved);
  const found = router.match(byNumber(call, asked.path));
  if (!found) return refusal(404, "Not Found");
  const { route: chosen, values } = found;
  const headers = headersOf(chosen, access);
  const repository = world.repository(`${values["owner"] ?? ""}/${values["repo"] ?? ""}`);
  // What may not be seen is not there; what may be seen and not read is forbidden.
  if (repository && !access.sees(repository)) return refusal(404, "Not Found", headers);
  if (!access.allows(chosen.permission)) return refusal(403, access.refusal, headers);
  return unlessKnown(asked, withHeaders(chosen.answer({ ...call, values }), headers));
}

function movedPermanently({ base, query }: Asked, path: string): Reply {
  const search = query.size > 0 ? `?${query.toString()}` : "";
  const location = base + path + search;
  const body = {
    message: "Moved Permanently",
    url: location,
    documentation_url: "https://docs.github.com/rest",
  };
  return reply(301, body, { location });
}

/** Says 304, where the client has the same answer already. */
function unlessKnown({ headers }: Asked, answer: Reply): Reply {
  if (answer.status !== 200) return answer;
  const hash = createHash("sha256")
    .update(textOf(answer.body))
    .update(answer.headers["link"] ?? "")
    .digest("hex");
  const etag = `W/"${hash}"`;
  const known = headers["if-none-match"]?.replace(/^W\//, "");
  return known === `"${hash}"`
    ? reply(304, undefined, { ...answer.headers, etag })
    : withHeaders(answer, { etag });
}
