import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import type { Sent } from "../../server/send.ts";

/** A request, read to its end. */
export interface Asked {
  readonly method: string;
  /** Without the prefix of an Enterprise Server. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Where the API begins, as the client sees it: for the addresses in answers. */
  readonly base: string;
  /** An address to which clients must not carry their token. */
  readonly elsewhere: string;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined: no body at all. */
  readonly body: unknown;
}

export function reply(status: number, body?: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers, body };
}

const DOCUMENTATION = "https://docs.github.com/rest";

/** An error as REST words it. */
export function refusal(
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return reply(status, { message, documentation_url: DOCUMENTATION, status: String(status) }, headers);
}

export const withHeaders = (answer: Reply, headers: Readonly<Record<string, string>>): Reply => ({
  ...answer,
  headers: { ...answer.headers, ...headers },
});

const texts = new WeakMap<object, string>();

/** A body as text; made once, for the hash and for the wire. */
export function textOf(body: unknown): string {
  if (typeof body !== "object" || body === null) return body === undefined ? "" : JSON.stringify(body);
  const known = texts.get(body) ?? JSON.stringify(body);
  texts.set(body, known);
  return known;
}

export const sentOf = ({ status, headers, body }: Reply): Sent => ({
  status,
  headers: { "content-type": "application/json; charset=utf-8", ...headers },
  text: textOf(body),
});

export async function read(request: IncomingMessage, elsewhere: string): Promise<Asked> {
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
  );
  const origin = `http://${headers["host"] ?? "127.0.0.1"}`;
  const { pathname, searchParams } = new URL(request.url ?? "/", origin);
  const [, prefix = "", path = "/"] = /^(\/api\/v3|\/api(?=\/graphql))?(\/.*)$/.exec(pathname) ?? [];
  return {
    method: request.method ?? "GET",
    path,
    query: searchParams,
    headers,
    body: await text(request),
    base: origin + (prefix === "" ? "" : "/api/v3"),
    elsewhere,
  };
}
