import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answer, measure, type Query } from "../graphql/execute.ts";
import type { Cost } from "../graphql/cost.ts";
import { answerRest, routeOf } from "../rest/answer.ts";
import { actor } from "../world/repositories.ts";
import type { World } from "../world/world.ts";
import { Access, type Token } from "./access.ts";
import { answerApp, type App } from "./app.ts";
import { type Recorded, operationOf } from "./counts.ts";
import { damage, rateLimited, resourceLimits, secondaryLimit, timedOut, type Sent } from "./damage.ts";
import type { Fault, FaultPlan, Target } from "./faults.ts";
import { type Asked, read, refusal, type Reply, reply, textOf, withHeaders } from "./http.ts";
import { type Burst, Bursts, Rates } from "./rate.ts";

/** Queries that may return more nodes than this take GitHub too long. */
export interface Heavy {
  readonly nodes: number;
  readonly answer: "bad-gateway" | "resource-limits";
}

export interface ServerOptions {
  readonly world: World;
  readonly tokens: readonly Token[];
  readonly app?: App;
  readonly faults: FaultPlan;
  readonly heavy?: Heavy;
  readonly burst?: Burst;
  readonly clock: () => number;
  readonly port?: number;
}

export class FakeServer {
  readonly requests: Recorded[] = [];
  readonly rates: Rates;
  private readonly bursts: Bursts;
  /** Requests that came to the other origin, where none should carry a token. */
  readonly strayed: Asked[] = [];
  private readonly options: ServerOptions;
  private readonly tokens = new Map<string, Token>();
  private readonly server: Server;
  private readonly other: Server;
  faults: FaultPlan;

  constructor(options: ServerOptions) {
    this.options = options;
    this.faults = options.faults;
    this.rates = new Rates(options.clock);
    this.bursts = new Bursts(options.burst, options.clock);
    for (const token of options.tokens) this.accept(token);
    this.server = createServer((request, response) => void this.serve(request, response));
    this.other = createServer((request, response) => void this.stray(request, response));
  }

  accept(token: Token): void {
    this.tokens.set(token.token, token);
    actor(this.options.world, token.login);
  }

  revoke(token: string): void {
    this.tokens.delete(token);
  }

  async listen(): Promise<void> {
    await Promise.all([listen(this.server, this.options.port ?? 0), listen(this.other, 0)]);
  }

  get url(): string {
    return addressOf(this.server);
  }

  get elsewhere(): string {
    return addressOf(this.other);
  }

  async close(): Promise<void> {
    await Promise.all([stop(this.server), stop(this.other)]);
  }

  private async stray(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.strayed.push(await read(request, this.elsewhere));
    send(response, { reply: reply(200, []) });
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = await read(request, this.elsewhere);
    const target = this.targetOf(asked);
    const { whole, points } = await this.respond(asked, target).catch(broken);
    const fault = this.faults(target);
    const sent = damage(whole, fault, target, this.elsewhere);
    this.requests.push({
      kind: target.kind,
      name: target.name,
      method: asked.method,
      path: asked.path,
      headers: asked.headers,
      body: asked.body,
      points: fault && REFUSALS.has(fault.kind) ? 0 : points,
      status: sent.reply.status,
      fault: fault?.kind,
    });
    send(response, sent);
  }

  private targetOf(asked: Asked): Target {
    return asked.path === "/graphql"
      ? { kind: "graphql", name: operationOf(asked), path: asked.path }
      : { kind: "rest", name: routeOf({ world: this.options.world, asked }), path: asked.path };
  }

  private async respond(asked: Asked, { kind }: Target): Promise<{ whole: Reply; points: number }> {
    const ofApp = this.options.app && answerApp(asked, this.deskOf(this.options.app));
    if (ofApp) return { whole: ofApp, points: 0 };
    const access = this.accessOf(asked);
    if (!access) return { whole: refusal(401, "Bad credentials"), points: 0 };
    const seconds = this.bursts.waitFor();
    if (seconds !== undefined) return { whole: secondaryLimit(seconds), points: 0 };
    return kind === "graphql" ? this.graphql(asked, access) : { whole: this.rest(asked, access), points: 0 };
  }

  private deskOf(app: App) {
    const { world, clock } = this.options;
    return { app, world, clock, issue: (token: Token) => this.accept(token) };
  }

  private accessOf({ headers }: Asked): Access | undefined {
    const token = this.tokens.get((headers["authorization"] ?? "").replace(/^(token|bearer) /i, ""));
    const isExpired = token?.expiresAt && token.expiresAt.getTime() <= this.options.clock();
    return token && !isExpired ? new Access(token) : undefined;
  }

  private async graphql(asked: Asked, access: Access): Promise<{ whole: Reply; points: number }> {
    const query = JSON.parse(asked.body) as Query;
    const cost = measure(query);
    const { points } = cost;
    const isWithin = this.rates.take(access.token, "graphql", points);
    const headers = this.rates.headers(access.token, "graphql");
    if (!isWithin) return { whole: rateLimited("graphql", headers), points: 0 };
    const whole = this.tooHeavy(cost) ?? reply(200, await this.execute(query, cost, access));
    return { whole: withHeaders(whole, headers), points };
  }

  private tooHeavy({ nodes }: Cost): Reply | undefined {
    const { heavy } = this.options;
    if (!heavy || nodes <= heavy.nodes) return undefined;
    return heavy.answer === "bad-gateway" ? timedOut() : reply(200, resourceLimits());
  }

  private execute(query: Query, cost: Cost, access: Access) {
    const rate = this.rates.status(access.token, "graphql");
    return answer(query, { world: this.options.world, access, cost, rate });
  }

  private rest(asked: Asked, access: Access): Reply {
    const { rates } = this;
    const { token } = access;
    const isFree = asked.path === "/rate_limit";
    const { limit, used } = rates.status(token, "core");
    if (!isFree && used >= limit) return rateLimited("rest", rates.headers(token, "core"));
    const whole = answerRest({ world: this.options.world, access, rates, asked });
    if (!isFree && whole.status !== 304) rates.take(token, "core", 1);
    return withHeaders(whole, rates.headers(token, "core"));
  }
}

/** What is refused costs nothing. */
const REFUSALS: ReadonlySet<Fault["kind"]> = new Set(["rate-limited", "secondary-limit", "unauthorized"]);

/** A mistake of this server's own must be seen, not be taken for one of GitHub's faults. */
function broken(error: unknown): { whole: Reply; points: number } {
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { whole: refusal(500, `The fake GitHub broke: ${message}`), points: 0 };
}

function send(response: ServerResponse, { reply: answer, breakAfter, isTruncated }: Sent): void {
  const whole = textOf(answer.body);
  const half = Buffer.from(whole.slice(0, Math.ceil(whole.length / 2)));
  const text = isTruncated ? half : Buffer.from(whole);
  response.writeHead(answer.status, {
    "content-type": "application/json; charset=utf-8",
    ...answer.headers,
    ...(answer.status === 304 ? {} : { "content-length": String(text.length) }),
  });
  if (breakAfter === undefined) {
    response.end(text);
    return;
  }
  response.write(half);
  setTimeout(() => response.destroy(), breakAfter + 5);
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
