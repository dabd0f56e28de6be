import type { Strayed } from "../server/server.ts";
import type { Token } from "./server/access.ts";
import type { App } from "./server/app.ts";
import { type Counts, countsOf, type Recorded } from "./server/counts.ts";
import { byRule, type FaultPlan, type FaultRule } from "./server/faults.ts";
import type { Burst } from "./server/rate.ts";
import { GitHubServer, type Heavy } from "./server/server.ts";
import type { Instant } from "./world/records.ts";
import type { World } from "./world/world.ts";

export interface FakeOptions {
  readonly world: World;
  /** Rules, or a plan such as `atRandom({ seed, percent })`. */
  readonly faults?: readonly FaultRule[] | FaultPlan;
  /** `DEMO_TOKEN`, which may read everything, where nothing is said. */
  readonly tokens?: readonly Token[];
  readonly app?: App;
  readonly heavy?: Heavy;
  /** Nothing but faults, where nothing is said. */
  readonly burst?: Burst;
  /** Milliseconds since 1970; the machine's clock, where nothing is said. */
  readonly clock?: () => number;
  readonly port?: number;
}

export interface FakeGitHub {
  /** Where the API is, as `https://api.github.com`. */
  readonly url: string;
  /** Where the same API is, as on an Enterprise Server. */
  readonly enterpriseUrl: string;
  /** An origin to which no token may go. */
  readonly elsewhere: string;
  readonly world: World;
  readonly requests: readonly Recorded[];
  /** What arrived at the other origin. */
  readonly strayed: readonly Strayed[];
  counts(): Counts;
  /** Forgets what was counted so far, limits aside. */
  resetCounts(): void;
  /** Lets time pass in the world. */
  advanceTo(at: Instant): void;
  /** From now on, these faults. */
  inject(faults: readonly FaultRule[] | FaultPlan): void;
  accept(token: Token): void;
  revoke(token: string): void;
  close(): Promise<void>;
}

export const DEMO_TOKEN: Token = {
  token: "demo-token-of-the-fake-github",
  kind: "classic",
  login: "quarterdeck-demo",
  scopes: ["repo", "read:org"],
};

/** Starts a GitHub of one's own on this machine. */
export async function startFakeGitHub({ world, faults, port, ...options }: FakeOptions): Promise<FakeGitHub> {
  const server = await new GitHubServer({
    tokens: [DEMO_TOKEN],
    clock: Date.now,
    ...options,
    world,
    faults: planOf(faults),
  }).listen(port);
  return {
    url: server.url,
    enterpriseUrl: `${server.url}/api/v3`,
    elsewhere: server.elsewhere,
    world,
    requests: server.requests,
    strayed: server.strayed,
    counts: () => countsOf(server.requests),
    resetCounts: () => void server.requests.splice(0),
    advanceTo: (at) => void world.advanceTo(at),
    inject: (next) => void (server.faults = planOf(next)),
    accept: (token) => server.accept(token),
    revoke: (token) => server.revoke(token),
    close: () => server.close(),
  };
}

function planOf(faults: readonly FaultRule[] | FaultPlan = []): FaultPlan {
  return typeof faults === "function" ? faults : byRule(faults);
}
