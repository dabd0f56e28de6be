import type { Token } from "./access.ts";

export type Resource = "core" | "graphql" | "search";

const PER_HOUR = 5000;
const HOUR = 3_600_000;

interface Window {
  used: number;
  until: number;
}

/** How much each token has left of its hour. GraphQL's points and REST's calls are counted apart. */
export class Rates {
  private readonly windows = new Map<string, Window>();
  private readonly clock: () => number;

  constructor(clock: () => number) {
    this.clock = clock;
  }

  /** Takes what a request costs; false where that is more than is left. */
  take(token: Token, resource: Resource, cost: number): boolean {
    const window = this.windowOf(token, resource);
    if (window.used + cost > limitOf(token)) {
      window.used = Math.max(window.used, limitOf(token));
      return false;
    }
    window.used += cost;
    return true;
  }

  status(token: Token, resource: Resource): { limit: number; used: number; resetAt: Date } {
    const { used, until } = this.windowOf(token, resource);
    return { limit: limitOf(token), used, resetAt: new Date(until) };
  }

  headers(token: Token, resource: Resource): Record<string, string> {
    const { limit, used, resetAt } = this.status(token, resource);
    return {
      "x-ratelimit-limit": String(limit),
      "x-ratelimit-remaining": String(Math.max(0, limit - used)),
      "x-ratelimit-used": String(used),
      "x-ratelimit-reset": String(Math.floor(resetAt.getTime() / 1000)),
      "x-ratelimit-resource": resource,
    };
  }

  private windowOf({ token }: Token, resource: Resource): Window {
    const name = `${resource} ${token}`;
    const now = this.clock();
    const known = this.windows.get(name);
    if (known && now < known.until) return known;
    const fresh = { used: 0, until: Math.ceil((now + HOUR) / 1000) * 1000 };
    this.windows.set(name, fresh);
    return fresh;
  }
}

/** GitHub's second limit: so many requests in so many seconds, whatever they cost. */
export interface Burst {
  readonly requests: number;
  readonly seconds: number;
}

export class Bursts {
  private readonly burst: Burst | undefined;
  private readonly clock: () => number;
  private times: number[] = [];

  constructor(burst: Burst | undefined, clock: () => number) {
    this.burst = burst;
    this.clock = clock;
  }

  /** Seconds to wait, where a request comes too soon after too many others. */
  waitFor(): number | undefined {
    if (!this.burst) return undefined;
    const now = this.clock();
    const span = this.burst.seconds * 1000;
    this.times = this.times.filter((at) => now - at < span);
    if (this.times.length >= this.burst.requests)
      return Math.ceil(((this.times[0] ?? now) + span - now) / 1000);
    this.times.push(now);
    return undefined;
  }
}

const limitOf = ({ kind, pointsPerHour }: Token) => pointsPerHour ?? (kind === "actions" ? 1000 : PER_HOUR);
