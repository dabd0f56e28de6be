import { cut, truncated } from "../../server/damage.ts";
import type { Sent } from "../../server/send.ts";
import { refusal, type Reply, reply, sentOf, withHeaders } from "./http.ts";
import type { Fault, Target } from "./faults.ts";

const WENT_WRONG =
  "Something went wrong while executing your query. This may be the result of a timeout, or it could be a GitHub bug. Please include `FA4E:0001` when reporting this issue.";

export function timedOut(): Reply {
  return reply(502, { data: null, errors: [{ message: WENT_WRONG }] });
}

export function rateLimited(kind: Target["kind"], headers: Readonly<Record<string, string>>): Reply {
  const message = "API rate limit exceeded for user ID 1.";
  const none = { ...headers, "x-ratelimit-remaining": "0" };
  return kind === "graphql"
    ? reply(200, { errors: [{ type: "RATE_LIMITED", message }] }, none)
    : refusal(403, message, none);
}

const SECONDARY = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";

export const secondaryLimit = (seconds: number, headers: Readonly<Record<string, string>> = {}) =>
  refusal(403, SECONDARY, { ...headers, "retry-after": String(seconds) });

type Apply = (whole: Reply, fault: never, target: Target, elsewhere: string) => Sent;

const APPLY: { readonly [Kind in Fault["kind"]]: Apply } = {
  "bad-gateway": (whole, _, { kind }) =>
    sentOf(withHeaders(kind === "graphql" ? timedOut() : refusal(502, "Server Error"), whole.headers)),
  "gateway-timeout": (whole) =>
    sentOf({
      status: 504,
      headers: { ...whole.headers, "content-type": "application/json" },
      body: {
        message:
          "We couldn't respond to your request in time. Sorry about that. Please try resubmitting your request and contact us if the problem persists.",
      },
    }),
  cut: (whole) => cut(sentOf(whole)),
  stall: (whole, { milliseconds }: { milliseconds: number }) => ({
    ...sentOf(whole),
    breakAfter: milliseconds,
  }),
  "truncated-json": (whole) => truncated(sentOf(whole)),
  "rate-limited": (whole, { seconds = 0 }: { seconds?: number }, { kind }) => {
    const reset = Math.floor(Date.now() / 1000) + seconds;
    return sentOf(rateLimited(kind, { ...whole.headers, "x-ratelimit-reset": String(reset) }));
  },
  "secondary-limit": (whole, { retryAfter = 60 }: { retryAfter?: number }) =>
    sentOf(secondaryLimit(retryAfter, whole.headers)),
  partial: (whole) => sentOf({ ...whole, body: withFieldGone(whole.body) }),
  "null-node": (whole) => sentOf({ ...whole, body: withNodeGone(whole.body) }),
  forbidden: (whole) =>
    sentOf(refusal(403, "Resource not accessible by personal access token", whole.headers)),
  unauthorized: (whole) => sentOf(refusal(401, "Bad credentials", whole.headers)),
  "not-found": (whole) => sentOf(refusal(404, "Not Found", whole.headers)),
  "resource-limits": (whole, _, { kind }) =>
    sentOf(kind === "graphql" ? { ...whole, body: resourceLimits() } : refusal(502, "Server Error")),
  "wrong-clock": (whole, { seconds }: { seconds: number }) =>
    sentOf(withHeaders(whole, { date: new Date(Date.now() + seconds * 1000).toUTCString() })),
  "redirect-away": (whole, _, { path }, elsewhere) =>
    sentOf(reply(302, undefined, { ...whole.headers, location: elsewhere + path })),
  "link-away": (whole, _, { path }, elsewhere) =>
    sentOf(withHeaders(whole, { link: `<${elsewhere}${path}?page=2>; rel="next"` })),
};

export function damage(whole: Reply, fault: Fault | undefined, target: Target, elsewhere: string): Sent {
  if (!fault) return sentOf(whole);
  const apply = APPLY[fault.kind];
  return apply(whole, fault as never, target, elsewhere);
}

export const resourceLimits = () => ({
  data: null,
  errors: [{ type: "RESOURCE_LIMITS_EXCEEDED", message: "Resource limits for this query exceeded." }],
});

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null;

/** The first object below a root field is gone, and an error names it. */
function withFieldGone(body: unknown): unknown {
  if (!isObject(body) || !isObject(body["data"])) return body;
  const [name] =
    Object.entries(body["data"]).find(([key, value]) => key !== "rateLimit" && isObject(value)) ?? [];
  if (name === undefined) return body;
  const error = { path: [name], message: WENT_WRONG };
  return { ...body, data: { ...body["data"], [name]: null }, errors: [error] };
}

/** The last node of the first connection is null, though the connection says it is there. */
function withNodeGone(body: unknown): unknown {
  if (!isObject(body)) return body;
  const copy = structuredClone(body);
  const found = firstNodes(copy["data"], []);
  if (!found) return body;
  found.nodes[found.nodes.length - 1] = null;
  const path = [...found.path, "nodes", found.nodes.length - 1];
  return { ...copy, errors: [{ path, message: WENT_WRONG }] };
}

function firstNodes(
  value: unknown,
  path: readonly (string | number)[],
): { readonly nodes: unknown[]; readonly path: readonly (string | number)[] } | undefined {
  if (!isObject(value)) return undefined;
  const nodes = value["nodes"];
  if (Array.isArray(nodes) && nodes.length > 0) return { nodes, path };
  for (const [key, child] of Object.entries(value)) {
    const found = firstNodes(child, [...path, key]);
    if (found) return found;
  }
  return undefined;
}
