import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answer, error, type Reply } from "./answer.ts";
import { damaged, type Fault, type Sent } from "./server/faults.ts";
import type { World } from "./world/world.ts";

export const DEMO_TOKEN = "demo-token-of-the-fake-servicenow";

/** Says of each request in turn what goes wrong with it. */
export type FaultPlan = (path: string) => Fault | undefined;

export interface FakeOptions {
  readonly world: World;
  /** Who is let in: the whole of the header `authorization` or `x-sn-apikey`. */
  readonly letIn?: readonly string[];
  /** Tables that the user may read; all, where nothing is said. */
  readonly readable?: readonly string[];
  readonly withheld?: readonly string[];
  readonly mayCount?: boolean;
  /** `glide.invalid_query.returns_no_rows` */
  readonly isStrict?: boolean;
  readonly faults?: FaultPlan;
  readonly port?: number;
}

export interface Request {
  /** Path and parameters. */
  readonly url: string;
  readonly status: number;
}

/** A ServiceNow of one's own on this machine. */
export class FakeServiceNow {
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
    const fault = this.faults(request.url ?? "");
    if (fault === "ignores-query") searchParams.delete("sysparm_query");
    const given = request.headers.authorization ?? String(request.headers["x-sn-apikey"]);
    const sent = damaged(this.#answer(given, pathname, searchParams), fault, addressOf(this.#other));
    this.requests.push({ url: request.url ?? "", status: sent.status });
    send(response, sent, new Date(this.world.now * 1000).toUTCString());
  }

  #answer(given: string, path: string, query: URLSearchParams): Reply {
    const {
      letIn = [`Bearer ${DEMO_TOKEN}`],
      readable,
      withheld = [],
      mayCount = true,
      isStrict = false,
    } = this.#options;
    if (!letIn.includes(given))
      return error(401, "User Not Authenticated", "Required to provide Auth information");
    const name = path.split("/").at(-1) ?? "";
    if (readable && !readable.includes(name))
      return error(403, "User Not Authorized", "Failed API level ACL Validation");
    return answer(this.world, path, query, { withheld, mayCount, isStrict });
  }
}

export const startFakeServiceNow = (options: FakeOptions): Promise<FakeServiceNow> =>
  new FakeServiceNow(options).listen();

function send(response: ServerResponse, { status, headers, text, isBroken }: Sent, date: string): void {
  const body = Buffer.from(text);
  response.writeHead(status, {
    "content-type": "application/json;charset=UTF-8",
    date,
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
