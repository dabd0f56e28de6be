import { Gitlab } from "@gitbeaker/rest";
import { createRequesterFn } from "@gitbeaker/requester-utils";
import { token } from "../http/authorization.ts";
import { HttpClient } from "../http/client.ts";
import type { HttpEffects } from "../http/effects.ts";
import type { GitLabConfig } from "./config.ts";
import { explain, Refusal } from "./failures.ts";

export type Api = InstanceType<typeof Gitlab<false>>;

/** What a project may not have, or the token may not see. */
const REFUSALS = [403, 404];

export const clientOf = ({ url, token: secret }: GitLabConfig, effects: HttpEffects): HttpClient =>
  new HttpClient(
    {
      source: "gitlab",
      vendor: "GitLab",
      url: `${url.replace(/\/$/, "")}/api/v4`,
      authorization: token(secret),
      explain,
    },
    effects,
  );

/**
 * gitbeaker knows the addresses, parameters and answers; asking is left to the client that all sources share, with its waiting,
 * counting and origin rule. gitbeaker never sees the token.
 */
export function apiOver(client: HttpClient): Api {
  const requesterFn = createRequesterFn(
    (_, asked) => Promise.resolve(asked),
    async (endpoint, { searchParams, method, prefixUrl } = {}) => {
      if (method !== "GET")
        throw new RangeError(`nothing is written to GitLab: ${String(method)} ${endpoint}`);
      const path = pathOf(String(prefixUrl), endpoint);
      const answer = await client.get(path, parametersIn(searchParams as string | undefined), REFUSALS);
      if (answer.status >= 300) throw new Refusal(answer, path);
      return {
        body: answer.body as Record<string, unknown>,
        headers: Object.fromEntries(answer.headers),
        status: answer.status,
      };
    },
  );
  return new Gitlab({ requesterFn, rateLimits: {}, queryTimeout: null });
}

/** Below the address of the API. Of some resources, the prefix holds a part of it. */
const pathOf = (prefix: string, endpoint: string): string =>
  `${prefix.split("/api/v4")[1] ?? ""}/${endpoint}`.replaceAll(/\/+/g, "/");

function parametersIn(query = ""): Record<string, string[]> {
  const parameters = new URLSearchParams(query);
  return Object.fromEntries([...parameters.keys()].map((name) => [name, parameters.getAll(name)]));
}
