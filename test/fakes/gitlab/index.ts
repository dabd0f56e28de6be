import type { IncomingMessage, ServerResponse } from "node:http";
import { send } from "../server/send.ts";
import { FakeServer } from "../server/server.ts";
import { answer, error, type Reply } from "./answer.ts";
import { damaged, type Fault } from "./server/faults.ts";
import type { World } from "./world/world.ts";

export const DEMO_TOKEN = "demo-token-of-the-fake-gitlab";

/** Says of each request in turn what goes wrong with it. */
export type FaultPlan = (path: string) => Fault | undefined;

export interface FakeOptions {
  readonly world: World;
  /** What the token may not read, by path. */
  readonly refused?: Refused;
  readonly faults?: FaultPlan;
  readonly port?: number;
}

export type Refused = (path: string) => 403 | 404 | undefined;

export interface Request {
  /** Path and parameters. */
  readonly url: string;
  readonly status: number;
}

const BASE = "/api/v4";
const LIMIT = 2_000;

/** A GitLab of one's own on this machine. */
export class FakeGitLab extends FakeServer {
  readonly world: World;
  readonly requests: Request[] = [];
  faults: FaultPlan;
  refused: Refused;

  constructor({ world, refused = () => undefined, faults = () => undefined }: FakeOptions) {
    super();
    this.world = world;
    this.refused = refused;
    this.faults = faults;
  }

  protected override serve(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url ?? "/", this.url);
    const fault = this.faults(request.url ?? "");
    if (fault === "ignores-query")
      for (const name of ["updated_after", "updated_before", "order_by"]) searchParams.delete(name);
    const { status, body, headers } = this.#answer(request.headers.authorization, pathname, searchParams);
    const date = new Date(this.world.now);
    const whole = {
      status,
      text: JSON.stringify(body),
      headers: {
        "content-type": "application/json",
        date: date.toUTCString(),
        ...this.#limits(date),
        ...headers,
      },
    };
    const sent = damaged(whole, fault, this.elsewhere);
    this.requests.push({ url: request.url ?? "", status: sent.status });
    send(response, sent);
  }

  /** GitLab says with each answer how much of the minute is left, and when it ends, in seconds since 1970. */
  #limits(date: Date): Record<string, string> {
    const observed = this.requests.length % LIMIT;
    return {
      "ratelimit-limit": String(LIMIT),
      "ratelimit-observed": String(observed),
      "ratelimit-remaining": String(LIMIT - observed),
      "ratelimit-reset": String(Math.ceil(date.getTime() / 60_000) * 60),
    };
  }

  #answer(given: string | undefined, path: string, query: URLSearchParams): Reply {
    if (given !== `Bearer ${DEMO_TOKEN}`) return error(401, "401 Unauthorized");
    if (!path.startsWith(BASE)) return error(404, "404 Not found");
    const status = this.refused(path);
    if (status !== undefined) return error(status, status === 403 ? "403 Forbidden" : "404 Not found");
    return answer(this.world, path.slice(BASE.length), query);
  }
}

export const startFakeGitLab = (options: FakeOptions): Promise<FakeGitLab> =>
  new FakeGitLab(options).listen(options.port);
