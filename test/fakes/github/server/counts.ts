import type { Asked } from "./http.ts";

/** A request as it came in, for tests that ask what a client sent, and where. */
export interface Recorded {
  readonly kind: "graphql" | "rest";
  readonly method: string;
  readonly path: string;
  /** The operation's name, or the route. */
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly points: number;
  readonly status: number;
  readonly fault: string | undefined;
}

export interface Counts {
  readonly requests: number;
  readonly graphql: number;
  /** GraphQL points by GitHub's formula. */
  readonly points: number;
  readonly rest: number;
  /** REST calls that count against the limit: answers of 304 do not. */
  readonly restCounted: number;
  readonly notModified: number;
  readonly faults: number;
  readonly byName: Readonly<Record<string, number>>;
  readonly pointsByName: Readonly<Record<string, number>>;
}

export function countsOf(requests: readonly Recorded[]): Counts {
  const graphql = requests.filter(({ kind }) => kind === "graphql");
  const rest = requests.filter(({ kind }) => kind === "rest");
  const notModified = rest.filter(({ status }) => status === 304).length;
  return {
    requests: requests.length,
    graphql: graphql.length,
    points: graphql.reduce((sum, { points }) => sum + points, 0),
    rest: rest.length,
    restCounted: rest.length - notModified,
    notModified,
    faults: requests.filter(({ fault }) => fault !== undefined).length,
    byName: tally(requests, () => 1),
    pointsByName: tally(graphql, ({ points }) => points),
  };
}

function tally(requests: readonly Recorded[], weight: (request: Recorded) => number): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const request of requests) sums[request.name] = (sums[request.name] ?? 0) + weight(request);
  return sums;
}

/** `query PullRequests(...)` -> `PullRequests` */
export function operationOf({ body }: Asked): string {
  return /\b(?:query|mutation)\s+(\w+)/.exec(body)?.[1] ?? "anonymous";
}
