import { DEMO_TOKEN, type FakeGitHub } from "./index.ts";
import type { Answer } from "./graphql/execute.ts";

export const authorization = { authorization: `bearer ${DEMO_TOKEN.token}` };

/** Asks a query as a client would, and gives what came back as it came. */
export async function ask(
  github: Pick<FakeGitHub, "url">,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
  headers: Readonly<Record<string, string>> = authorization,
): Promise<{ readonly status: number; readonly headers: Headers } & Answer> {
  const response = await fetch(`${github.url}/graphql`, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  return { ...((await response.json()) as Answer), status: response.status, headers: response.headers };
}

export interface Fetched {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export async function get(
  github: Pick<FakeGitHub, "url">,
  path: string,
  headers: Readonly<Record<string, string>> = authorization,
): Promise<Fetched> {
  const response = await fetch(path.startsWith("http") ? path : github.url + path, {
    headers,
    redirect: "manual",
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === "" ? undefined : (JSON.parse(text) as unknown),
  };
}
