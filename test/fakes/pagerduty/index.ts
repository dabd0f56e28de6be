import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answer, error, type Reply } from "./answer.ts";
import { damaged, type Fault, type Sent } from "./server/faults.ts";
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
  readonly port?: number;
}

export interface Request {
  /** Path and parameters. */
  readonly url: string;
  readonly status: number;
}

/** A PagerDuty of one's own on this machine. */
export class FakePagerDuty {
  readonly world: World;
  readonly requests: Request[] = [];
  /** What arrived at the other origin, where no token may go. */
  readonly strayed: string[] = [];
  faults: FaultPlan;
  readonly #options: FakeOptions;
  readonly #server: Server;
  readonly #other: Server;

  constructor(options: FakeOptions) {
    this.world = options.world;
    this.faults = options.faults ?? (() => undefined);
    this.#options = options;
    this.#server = createServer((request, response) => this.#serve(request, response));
    this.#other = createServer((request, response) => {
      this.strayed.push(request.url ?? "");
      response.end("{}");
    });
  }

  async listen(): Promise<this> {
    await Promise.all([listen(this.#server, this.#options.port ?? 0), listen(this.#other, 0)]);
    return this;
  }

  get url(): string {
    return addressOf(this.#server);
  }

  async close(): Promise<void> {
    await Promise.all([stop(this.#server), stop(this.#other)]);
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url ?? "/", this.url);
    const reply = this.#answer(request.headers.authorization ?? "", pathname, searchParams);
    const sent = damaged(reply, this.faults(request.url ?? ""), addressOf(this.#other));
    this.requests.push({ url: request.url ?? "", status: sent.status });
    send(response, sent, new Date(this.world.now * 1000).toUTCString());
  }

  #answer(authorization: string, path: string, query: URLSearchParams): Reply {
    const { tokens = [DEMO_TOKEN], without = [] } = this.#options;
    const given = /^(?:Token token=|Bearer )(.+)$/.exec(authorization)?.[1];
    const token = tokens.find((one) => one.token === given);
    if (!token) return error(401, "Invalid Authentication", 2006);
    const list = path.split("/")[1] ?? "";
    if (token.lists && !token.lists.includes(list)) return error(403, "Access Denied", 2010);
    if (without.includes(list))
      return error(402, "Account does not have the abilities to perform the action", 2012);
    return answer(this.world, path, query);
  }
}

export const startFakePagerDuty = (options: FakeOptions): Promise<FakePagerDuty> =>
  new FakePagerDuty(options).listen();

function send(response: ServerResponse, { status, headers, text, isBroken }: Sent, date: string): void {
  const body = Buffer.from(text);
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    date,
    "ratelimit-limit": "960",
    "ratelimit-remaining": "959",
    "ratelimit-reset": "30",
    ...headers,
    "content-length": String(body.length),
  });
  if (!isBroken) response.end(body);
  else response.write(body.subarray(0, Math.ceil(body.length / 2)), () => response.destroy());
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

const addressOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
