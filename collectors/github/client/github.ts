import { Octokit } from "@octokit/core";
import { KnownError, SourceError } from "../../../src/errors.ts";
import type { GitHubConfig } from "../config.ts";
import { type Answer, type Headers, type Outcome, outcomeOf, type Received, secondsUntil } from "./answer.ts";
import { type Credential, credentialsOf, fullest, type Rate, type Resource } from "./credentials.ts";
import { documentOf } from "./documents.ts";
import { type Fetch, within } from "./origin.ts";
import type { PageSize } from "./page-size.ts";

/** What the client does to the world, so that tests need no waiting. */
export interface ClientEffects {
  readonly fetch: Fetch;
  readonly sleep: (seconds: number) => Promise<void>;
}

export const realEffects: ClientEffects = {
  fetch: (input, init) => globalThis.fetch(input, init),
  sleep: (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000)),
};

/** What a run asked, for its report. */
export interface Counts {
  calls: number;
  points: number;
  retries: number;
  /** Seconds. */
  waited: number;
}

const TIMEOUT = 60_000;
const MOST_TRIES = 9;
const LONGEST_PAUSE = 30;
/** Without a word from GitHub on how long to wait after a secondary limit. */
const PAUSE = 60;

interface Call {
  readonly kind: "graphql" | "rest";
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Made anew for each try, since a page may be smaller by then. */
  readonly body?: () => object;
  readonly size?: PageSize | undefined;
}

/** Asks GitHub: waits where it must, tries again where that helps, and keeps count. */
export class GitHub {
  readonly counts: Counts = { calls: 0, points: 0, retries: 0, waited: 0 };
  /** Says why it takes so long. */
  report: (message: string) => void = () => undefined;
  readonly #config: GitHubConfig;
  readonly #effects: ClientEffects;
  readonly #octokit: Octokit;
  #credentials: readonly Credential[] | undefined;

  constructor(config: GitHubConfig, effects: ClientEffects = realEffects) {
    this.#config = config;
    this.#effects = effects;
    const quiet = { debug: ignore, info: ignore, warn: ignore, error: ignore };
    const fetch = within(new URL(config.url).origin, effects.fetch, TIMEOUT);
    this.#octokit = new Octokit({
      baseUrl: config.url.replace(/\/$/, ""),
      userAgent: "quarterdeck",
      log: quiet,
      request: { fetch, log: quiet },
    });
  }

  /** Asks an operation of graphql/. With a page size, `first` is how many fit at the moment. */
  query(operation: string, variables: object, size?: PageSize): Promise<Answer> {
    return this.#query(operation, () => ({ ...variables, ...(size && { first: size.current }) }), size);
  }

  /** Asks for the first of these ids, as many as fit at the moment. */
  byId(operation: string, ids: readonly string[], variables: object, size: PageSize): Promise<Answer> {
    return this.#query(operation, () => ({ ...variables, ids: ids.slice(0, size.current) }), size);
  }

  async #query(operation: string, variables: () => object, size: PageSize | undefined): Promise<Answer> {
    const query = documentOf(operation);
    const outcome = await this.#ask({
      kind: "graphql",
      method: "POST",
      url: graphqlOf(this.#config.url),
      size,
      body: () => ({ query, variables: variables() }),
    });
    if (outcome.kind !== "answer") throw new RangeError(`a query with the outcome ${outcome.kind}`);
    return outcome.answer;
  }

  /** Asks a REST address; 304 where the answer is the one that the ETag stands for. */
  async get(path: string, etag?: string): Promise<Received> {
    const headers = etag === undefined ? {} : { "if-none-match": etag };
    const outcome = await this.#ask({ kind: "rest", method: "GET", url: path, headers });
    if (outcome.kind !== "body") throw new RangeError(`a call with the outcome ${outcome.kind}`);
    return outcome;
  }

  async #ask(call: Call): Promise<Extract<Outcome, { kind: "answer" | "body" }>> {
    for (let tries = 1; ; tries += 1) {
      const credential = await this.#credentialFor(call.kind === "graphql" ? "graphql" : "core");
      const outcome = outcomeOf(call.kind, await this.#send(call, credential));
      if (outcome.kind === "answer" || outcome.kind === "body") {
        call.size?.succeeded();
        return outcome;
      }
      if (outcome.kind === "error") throw outcome.error;
      if (tries >= MOST_TRIES) return this.#giveUp(outcome);
      await this.#beforeNext(call, outcome, credential, tries);
    }
  }

  async #beforeNext(call: Call, outcome: Outcome, credential: Credential, tries: number): Promise<void> {
    this.counts.retries += 1;
    const pause = Math.min(LONGEST_PAUSE, 2 ** (tries - 1));
    if (outcome.kind === "refused") {
      credential.isRefused = true;
    } else if (outcome.kind === "wait") {
      if (this.#hasOther(credential, call.kind === "graphql" ? "graphql" : "core")) return;
      await this.#wait(Math.max(outcome.seconds ?? PAUSE, tries > 1 ? pause : 0), "GitHub asks to wait");
    } else if (outcome.kind === "again") {
      if (outcome.isTooMuch) call.size?.failed();
      await this.#wait(pause, `GitHub answered with ${outcome.said}`);
    }
  }

  #hasOther(credential: Credential, resource: Resource): boolean {
    const other = fullest(this.#credentials ?? [], resource);
    return other !== undefined && other !== credential;
  }

  /** Some parts that never came are better than none: the caller sees which. */
  #giveUp(outcome: Outcome): Extract<Outcome, { kind: "answer" }> {
    if (outcome.kind === "again" && outcome.answer?.data) return { kind: "answer", answer: outcome.answer };
    if (outcome.kind === "wait")
      throw new SourceError("github", "rate", "GitHub asks to wait again and again: the next run goes on from here");
    const said = outcome.kind === "again" ? outcome.said : outcome.kind;
    throw new SourceError(
      "github",
      "network",
      `no good answer from ${this.#config.url} after ${MOST_TRIES} tries, at last ${said}: the next run goes on from here`,
    );
  }

  async #send(call: Call, credential: Credential): Promise<Received> {
    const { method, url, headers, body } = call;
    const token = await this.#tokenOf(credential);
    this.counts.calls += 1;
    const received = await this.#octokit
      .request({ method, url, headers: { ...headers, authorization: `bearer ${token}` }, ...body?.() } as never)
      .then(({ status, headers: answered, data }) => ({ status, headers: answered, body: data as unknown }))
      .catch(withoutRequest);
    this.#note(credential, call.kind === "graphql" ? "graphql" : "core", received);
    return received;
  }

  async #tokenOf(credential: Credential): Promise<string> {
    try {
      return await credential.token();
    } catch (error) {
      const known = knownIn(error);
      if (known) throw known;
      // A variable that is not set says so itself.
      if (error instanceof KnownError) throw error;
      const status = (error as { status?: number }).status;
      throw new SourceError(
        "github",
        status === undefined || status >= 500 ? "network" : "auth",
        `${credential.label} gets no token${status === undefined ? "" : ` (status ${status})`}: check its number, its installation and its private key`,
      );
    }
  }

  #note(credential: Credential, resource: Resource, { headers, body }: Received): void {
    const remaining = headers["x-ratelimit-remaining"];
    if (resource === "graphql") this.counts.points += costIn(body);
    if (remaining === undefined) return;
    const seconds = secondsUntil(Number(headers["x-ratelimit-reset"] ?? 0), headers);
    const limit = Number(headers["x-ratelimit-limit"] ?? remaining);
    credential.rates.set(resource, { remaining: Number(remaining), limit, resetsAt: Date.now() + seconds * 1000 });
  }

  /** Points that each token has left. Asking costs none, and is answered when none are left. */
  async rates(): Promise<Rate[]> {
    this.#credentials ??= credentialsOf(this.#config, this.#octokit);
    for (const credential of this.#credentials) {
      const { headers, body } = await this.#send({ kind: "rest", method: "GET", url: "/rate_limit" }, credential);
      const said = (body as { resources?: { graphql?: { limit: number; remaining: number; reset: number } } } | null)?.resources?.graphql;
      if (!said) continue;
      const resetsAt = Date.now() + secondsUntil(said.reset, headers) * 1000;
      credential.rates.set("graphql", { remaining: said.remaining, limit: said.limit, resetsAt });
    }
    return this.#credentials.flatMap(({ rates }) => rates.get("graphql") ?? []);
  }

  /** Leaves the reserve to others: waits for the next hour rather than touching it. */
  async #credentialFor(resource: Resource): Promise<Credential> {
    this.#credentials ??= credentialsOf(this.#config, this.#octokit);
    const { max_points: most, reserve } = this.#config;
    if (most !== undefined && this.counts.points >= most)
      throw new SourceError("github", "stopped", `stopped after ${this.counts.points} points, as max_points says: the next run goes on from here`);
    const credential = fullest(this.#credentials, resource);
    if (!credential) throw refused(this.#credentials);
    const rate = credential.rates.get(resource);
    const seconds = rate ? (rate.resetsAt - Date.now()) / 1000 : 0;
    if (rate && rate.remaining <= reserve && seconds > 0) {
      await this.#wait(Math.ceil(seconds), `${rate.remaining} points are left of this hour, and reserve keeps ${reserve}`);
      credential.rates.delete(resource);
    }
    return credential;
  }

  async #wait(seconds: number, why: string): Promise<void> {
    if (seconds <= 0) return;
    this.report(`${why}: going on in ${seconds} s`);
    this.counts.waited += seconds;
    await this.#effects.sleep(seconds);
  }
}

const ignore = () => undefined;

const refused = (credentials: readonly Credential[]) =>
  new SourceError(
    "github",
    "auth",
    `${credentials.map(({ label }) => label).join(", ")} is not accepted: it is wrong, expired or revoked; make a new one, with the permissions that collectors/github/README.md names`,
  );

const graphqlOf = (url: string) => `${url.replace(/\/$/, "").replace(/\/api\/v3$/, "/api")}/graphql`;

const costIn = (body: unknown): number =>
  (body as { data?: { rateLimit?: { cost?: number } | null } | null } | null)?.data?.rateLimit?.cost ?? 0;

interface Failed {
  readonly status?: number;
  readonly response?: { readonly headers: Headers; readonly data: unknown };
}

/** Octokit's errors carry the request, and with it the token: nothing of them goes any further but this. */
function withoutRequest(error: unknown): Received {
  const known = knownIn(error);
  if (known) throw known;
  const { status, response } = error as Failed;
  return response
    ? { status: status ?? 500, headers: response.headers, body: response.data }
    : { status: 504, headers: {}, body: undefined };
}

function knownIn(error: unknown): SourceError | undefined {
  if (error instanceof SourceError) return error;
  return error instanceof Error && error.cause !== undefined ? knownIn(error.cause) : undefined;
}
