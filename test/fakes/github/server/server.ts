import type { IncomingMessage, ServerResponse } from "node:http";
import { send } from "../../server/send.ts";
import { FakeServer } from "../../server/server.ts";
import { answer, measure, type Query } from "../graphql/execute.ts";
import type { Cost } from "../graphql/cost.ts";
import { answerRest, routeOf } from "../rest/answer.ts";
import { actor } from "../world/repositories.ts";
import type { World } from "../world/world.ts";
import { Access, type Token } from "./access.ts";
import { answerApp, type App } from "./app.ts";
import { type Recorded, operationOf } from "./counts.ts";
import { damage, rateLimited, resourceLimits, secondaryLimit, timedOut } from "./damage.ts";
import type { Fault, FaultPlan, Target } from "./faults.ts";
import { type Asked, read, refusal, type Reply, reply, withHeaders } from "./http.ts";
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
}

export class GitHubServer extends FakeServer {
  readonly requests: Recorded[] = [];
  readonly rates: Rates;
  private readonly bursts: Bursts;
  private readonly options: ServerOptions;
  private readonly tokens = new Map<string, Token>();
  faults: FaultPlan;

  constructor(options: ServerOptions) {
    super();
    this.options = options;
    this.faults = options.faults;
    this.rates = new Rates(options.clock);
    this.bursts = new Bursts(options.burst, options.clock);
    for (const token of options.tokens) this.accept(token);
  }

  accept(token: Token): void {
    this.tokens.set(token.token, token);
    actor(this.options.world, token.login);
  }

  revoke(token: string): void {
    this.tokens.delete(token);
  }

  protected override async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
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
      status: sent.status,
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
