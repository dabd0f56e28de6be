import type { IncomingMessage, ServerResponse } from "node:http";
import { send } from "../server/send.ts";
import { FakeServer } from "../server/server.ts";
import { answer, error, type Reply } from "./answer.ts";
import { damaged, type Fault } from "./server/faults.ts";
import type { World } from "./world/world.ts";

export interface Token {
  readonly token: string;
  /** Lists that it may read; all, where nothing is said. */
  readonly lists?: readonly string[];
}

export const DEMO_TOKEN: Token = { token: "demo-token-of-the-fake-pagerduty" };

/** Says of each request in turn what goes wrong with it. */
export type FaultPlan = (path: string) => Fault | undefined;

export interface FakeOptions {
  readonly world: World;
  readonly tokens?: readonly Token[];
  readonly faults?: FaultPlan;
  /** Lists that the account's plan does not include. */
  readonly without?: readonly string[];
  /** Records on a page at most, however many are asked for. */
  readonly most?: number;
  readonly port?: number;
}

export interface Request {
  /** Path and parameters. */
  readonly url: string;
  readonly status: number;
}

const HEADERS = {
  "content-type": "application/json; charset=utf-8",
  "ratelimit-limit": "960",
  "ratelimit-remaining": "959",
  "ratelimit-reset": "30",
};

/** A PagerDuty of one's own on this machine. */
export class FakePagerDuty extends FakeServer {
  readonly world: World;
  readonly requests: Request[] = [];
  faults: FaultPlan;
  /** What happens between two requests. */
  happening: () => void = () => undefined;
  readonly #options: FakeOptions;

  constructor(options: FakeOptions) {
    super();
    this.world = options.world;
    this.faults = options.faults ?? (() => undefined);
    this.#options = options;
  }

  protected override serve(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url ?? "/", this.url);
    const reply = this.#answer(request.headers.authorization ?? "", pathname, searchParams);
    const sent = damaged(reply, this.faults(request.url ?? ""), this.elsewhere);
    this.requests.push({ url: request.url ?? "", status: sent.status });
    const date = new Date(this.world.now * 1000).toUTCString();
    this.happening();
    send(response, { ...sent, headers: { ...HEADERS, date, ...sent.headers } });
  }

  #answer(authorization: string, path: string, query: URLSearchParams): Reply {
    const { tokens = [DEMO_TOKEN], without = [], most } = this.#options;
    const given = /^(?:Token token=|Bearer )(.+)$/.exec(authorization)?.[1];
    const token = tokens.find((one) => one.token === given);
    if (!token) return error(401, "Invalid Authentication", 2006);
    const list = path.split("/")[1] ?? "";
    if (token.lists && !token.lists.includes(list)) return error(403, "Access Denied", 2010);
    if (without.includes(list))
      return error(402, "Account does not have the abilities to perform the action", 2012);
    if (most !== undefined) query.set("limit", String(Math.min(most, Number(query.get("limit") ?? most))));
    return answer(this.world, path, query);
  }
}

export const startFakePagerDuty = (options: FakeOptions): Promise<FakePagerDuty> =>
  new FakePagerDuty(options).listen(options.port);
