import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { byRule, damage, type FaultPlan, type FaultRule, type Sent } from "./faults.ts";
import { answer, type Asked, type Reply, type Rights } from "./routes.ts";
import type { World } from "./world.ts";

export interface FakeOptions {
  readonly world: World;
  readonly faults?: readonly FaultRule[] | FaultPlan;
  readonly deployment?: "cloud" | "data_center";
  /** Keys of the projects that the token's owner may browse; all, where nothing is said. */
  readonly projects?: readonly string[];
  /** Whether the token's owner may see requests of Service Management. */
  readonly approvals?: boolean;
  /** Issues or steps on a page at most, however many are asked for. */
  readonly most?: number;
  /** Other tokens are refused. */
  readonly token?: string;
  readonly port?: number;
}

export interface Recorded extends Asked {
  readonly authorization: string;
  readonly status: number;
  readonly fault: string | undefined;
}

export interface FakeJira {
  readonly url: string;
  readonly world: World;
  readonly requests: readonly Recorded[];
  /** What arrived at another origin, where no token may go. */
  readonly strayed: readonly string[];
  resetCounts(): void;
  /** From now on, these faults. */
  inject(faults: readonly FaultRule[] | FaultPlan): void;
  /** What happens between two requests. */
  meanwhile(happening: (request: Asked) => void): void;
  close(): Promise<void>;
}

export const DEMO_TOKEN = "demo-token-of-the-fake-jira";
export const DEMO_EMAIL = "quarterdeck@example.com";

/** Starts a Jira of one's own on this machine. */
export async function startFakeJira(options: FakeOptions): Promise<FakeJira> {
  const server = new FakeServer(options);
  await server.listen(options.port ?? 0);
  return {
    url: server.url,
    world: options.world,
    requests: server.requests,
    strayed: server.strayed,
    resetCounts: () => void server.requests.splice(0),
    inject: (faults) => void (server.faults = planOf(faults)),
    meanwhile: (happening) => void (server.happening = happening),
    close: () => server.close(),
  };
}

const planOf = (faults: readonly FaultRule[] | FaultPlan = []): FaultPlan =>
  typeof faults === "function" ? faults : byRule(faults);

class FakeServer {
  readonly requests: Recorded[] = [];
  readonly strayed: string[] = [];
  faults: FaultPlan;
  happening: (request: Asked) => void = () => undefined;
  readonly #options: FakeOptions;
  readonly #rights: Rights;
  readonly #server: Server;
  readonly #other: Server;

  constructor(options: FakeOptions) {
    this.#options = options;
    const { projects, approvals = true, most = 10_000 } = options;
    this.#rights = { projects, approvals, most };
    this.faults = planOf(options.faults);
    this.#server = createServer((request, response) => void this.#serve(request, response));
    this.#other = createServer((request, response) => {
      this.strayed.push(request.headers.authorization ?? "");
      response.end("{}");
    });
  }

  async listen(port: number): Promise<void> {
    await Promise.all([listen(this.#server, port), listen(this.#other, 0)]);
  }

  get url(): string {
    return addressOf(this.#server);
  }

  async close(): Promise<void> {
    await Promise.all([stop(this.#server), stop(this.#other)]);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = await read(request);
    const authorization = request.headers.authorization ?? "";
    const whole = this.#respond(asked, authorization);
    const fault = this.faults(asked);
    const sent = damage(whole, fault, addressOf(this.#other), asked.path);
    this.requests.push({ ...asked, authorization, status: sent.status, fault: fault?.kind });
    this.happening(asked);
    send(response, sent);
  }

  #respond(asked: Asked, authorization: string): Reply {
    if (!this.#isKnown(authorization))
      return {
        status: 401,
        body: { errorMessages: ["Client must be authenticated to access this resource."] },
      };
    const { world, deployment = "cloud" } = this.#options;
    const view = { world, base: this.url, isCloud: deployment === "cloud" };
    try {
      return answer({ view, rights: this.#rights, asked });
    } catch (error) {
      // A mistake of this server's own must be seen, not be taken for one of Jira's faults.
      return {
        status: 400,
        body: {
          errorMessages: [
            `The fake Jira broke: ${error instanceof Error ? (error.stack ?? "") : String(error)}`,
          ],
        },
      };
    }
  }

  #isKnown(authorization: string): boolean {
    const { token = DEMO_TOKEN } = this.#options;
    const basic = `Basic ${Buffer.from(`${DEMO_EMAIL}:${token}`).toString("base64")}`;
    return authorization === basic || authorization === `Bearer ${token}`;
  }
}

async function read(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://127.0.0.1");
  return {
    method: request.method ?? "GET",
    path: pathname,
    query: searchParams,
    body: Buffer.concat(chunks).toString(),
  };
}

function send(response: ServerResponse, { status, headers, text, isCut }: Sent): void {
  const bytes = Buffer.from(text);
  response.writeHead(status, { ...headers, "content-length": String(bytes.length) });
  if (isCut !== true) return void response.end(bytes);
  response.write(bytes.subarray(0, bytes.length >> 1));
  setTimeout(() => response.destroy(), 5);
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
