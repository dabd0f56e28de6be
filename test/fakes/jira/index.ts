import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { send } from "../server/send.ts";
import { FakeServer, type Strayed } from "../server/server.ts";
import { byRule, damage, type FaultPlan, type FaultRule } from "./faults.ts";
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
  readonly strayed: readonly Strayed[];
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
  const server = await new JiraServer(options).listen(options.port);
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

class JiraServer extends FakeServer {
  readonly requests: Recorded[] = [];
  faults: FaultPlan;
  happening: (request: Asked) => void = () => undefined;
  readonly #options: FakeOptions;
  readonly #rights: Rights;

  constructor(options: FakeOptions) {
    super();
    this.#options = options;
    const { projects, approvals = true, most = 10_000 } = options;
    this.#rights = { projects, approvals, most };
    this.faults = planOf(options.faults);
  }

  protected override async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = await read(request);
    const authorization = request.headers.authorization ?? "";
    const whole = this.#respond(asked, authorization);
    const fault = this.faults(asked);
    const sent = damage(whole, fault, this.elsewhere, asked.path);
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
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://127.0.0.1");
  return {
    method: request.method ?? "GET",
    path: pathname,
    query: searchParams,
    body: await text(request),
  };
}
