import { refusal, type Reply, reply } from "../server/http.ts";
import type { Environment, Repository } from "../world/records.ts";
import { fullNameOf } from "../world/world.ts";
import { presentEnvironment } from "./actions.ts";
import { minimalRepository } from "./present.ts";
import { type Call, page, type RepositoryCall, repositoryRoute, route, type Route } from "./router.ts";

export const repositoryRoutes: readonly Route[] = [
  route("/orgs/{owner}/repos", listRepositories),
  route("/users/{owner}/repos", listRepositories),
  route("/user/repos", listRepositories),
  route("/installation/repositories", (call) =>
    page(call, visible(call), (one) => minimalRepository(call.asked.base, one), "repositories"),
  ),
  repositoryRoute("", "metadata", ({ repository, asked }) =>
    reply(200, {
      ...minimalRepository(asked.base, repository),
      ...(repository.parent ? { parent: minimalRepository(asked.base, repository.parent) } : {}),
    }),
  ),
  repositoryRoute("/environments", "actions", (call) =>
    page(call, call.repository.environments, (one) => environmentOf(call, one), "environments"),
  ),
];

const visible = ({ world, access }: Call) => world.repositories.filter((one) => access.sees(one));

function listRepositories(call: Call): Reply {
  const { owner } = call.values;
  const { query } = call.asked;
  if (owner !== undefined && !call.world.actors.has(owner)) return refusal(404, "Not Found");
  const wanted = visible(call).filter((one) => owner === undefined || one.owner.login === owner);
  const by = keyOf(query.get("sort"));
  const sign =
    (query.get("direction") ?? (query.get("sort") === "full_name" ? "asc" : "desc")) === "asc" ? 1 : -1;
  const inTurn = wanted.sort((one, other) =>
    by(one) === by(other) ? one.databaseId - other.databaseId : by(one) < by(other) ? -sign : sign,
  );
  return page(call, inTurn, (one) => minimalRepository(call.asked.base, one));
}

function keyOf(sort: string | null): (repository: Repository) => string {
  if (sort === "full_name") return fullNameOf;
  if (sort === "updated") return ({ updatedAt }) => updatedAt;
  if (sort === "pushed") return ({ pushedAt }) => pushedAt;
  return ({ createdAt }) => createdAt;
}

function environmentOf(call: RepositoryCall, environment: Environment): object {
  return {
    ...presentEnvironment(call, environment),
    protection_rules: environment.rules.map((rule) => ({
      id: rule.databaseId,
      node_id: rule.id,
      type: rule.type.toLowerCase(),
      ...(rule.type === "WAIT_TIMER" ? { wait_timer: rule.timeout } : {}),
      ...(rule.type === "REQUIRED_REVIEWERS"
        ? {
            prevent_self_review: rule.preventSelfReview,
            reviewers: rule.reviewers.map(({ login, databaseId }) => ({
              type: "User",
              reviewer: { login, id: databaseId },
            })),
          }
        : {}),
    })),
    deployment_branch_policy: null,
  };
}

/** Addresses by number survive a rename: `/repositories/123/...`. */
export function byNumber(call: Pick<Call, "world">, path: string): string {
  const [, number = "", rest = ""] = /^\/repositories\/(\d+)(\/.*)?$/.exec(path) ?? [];
  const found = call.world.repositories.find(({ databaseId }) => String(databaseId) === number);
  return found ? `/repos/${fullNameOf(found)}${rest}` : path;
}

/** Where a repository of that name has moved to, if it has. */
export function movedTo(call: Pick<Call, "world">, path: string): string | undefined {
  const [, name = "", rest = ""] = /^\/repos\/([^/]+\/[^/]+)(\/.*)?$/.exec(path) ?? [];
  const found = name === "" ? undefined : call.world.repository(name);
  const isSame = !found || fullNameOf(found).toLowerCase() === name.toLowerCase();
  return isSame ? undefined : `/repositories/${found.databaseId}${rest}`;
}
