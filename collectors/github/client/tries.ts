import { RequestError } from "@octokit/request-error";
import { KnownError, SourceError } from "../../../src/errors.ts";
import { boundedWait } from "../../http/answer.ts";
import type { HttpEffects } from "../../http/effects.ts";
import { within } from "../../http/origin.ts";
import type { GitHubConfig } from "../config.ts";
import { type Fault, faultOf, NOTHING, type Received, secondsToWait, secondsUntil } from "./answer.ts";
import type { Call } from "./call.ts";
import { type Credential, credentialsOf, fullest, isAwake, type Rate, type Resource } from "./credentials.ts";
import type { Counts } from "./github.ts";
import { type Client, octokitOf, type Options, pauseAfter, type Response, RETRIES, type Send } from "./octokit.ts";
import { receivedIn } from "./rest.ts";

const TIMEOUT = 60_000;
/** How often a single request waits for limits. */
const MOST_WAITS = 8;

type RateLimit = { readonly limit: number; readonly remaining: number; readonly reset: number };

interface RateLimits {
  readonly resources?: Readonly<Partial<Record<Resource, RateLimit>>>;
}

/** What of a request octokit's plugins have no part in: who asks, how much at once, what counts as an answer, waiting. */
export class Tries {
  readonly octokit: Client;
  readonly counts: Counts = { calls: 0, points: 0, retries: 0, waited: 0 };
  /** Says why it takes so long. */
  report: (message: string) => void = () => undefined;
  readonly #config: GitHubConfig;
  readonly #effects: HttpEffects;
  /** What the last try of a request ended with. */
  readonly #failed = new WeakMap<object, RequestError>();
  #credentials: readonly Credential[] | undefined;
  /** REST requests that GitHub counts. */
  #rest = 0;

  constructor(config: GitHubConfig, effects: HttpEffects) {
    this.#config = config;
    this.#effects = effects;
    const fetch = within("github", new URL(config.url).origin, effects.fetch, TIMEOUT);
    this.octokit = octokitOf(config.url, fetch, {
      each: (send, options) => this.#each(send, options),
      limited: (seconds, options, _, times) => this.#limited(seconds, options, times),
    });
  }

  /** Around each single try of a request. */
  async #each(send: Send, options: Options): Promise<Response> {
    const last = this.#failed.get(options);
    if (last) {
      this.counts.retries += 1;
      await this.#wait(pauseAfter(last), `GitHub answered with ${last.message}`);
    }
    try {
      const { call } = options.request;
      return call ? await this.#try(call, send, options) : await send(options);
    } catch (error) {
      if (error instanceof RequestError) this.#failed.set(options, error);
      throw knownIn(error) ?? error;
    }
  }

  async #try(call: Call, send: Send, options: Options): Promise<Response> {
    const credential = await this.#credentialFor(call.resource);
    call.credential = credential;
    options.headers["authorization"] = `bearer ${await this.#tokenOf(credential)}`;
    if (call.variables) options.variables = call.variables();
    this.counts.calls += 1;
    const response = await send(options).catch(withoutRequest);
    const received = receivedIn(response);
    this.#note(credential, call.resource, received);
    call.seconds = secondsToWait(received);
    const fault = faultOf(call.resource, received);
    if (fault) throw this.#failure(call, fault, options, response);
    call.size?.succeeded();
    return response;
  }

  /** The error by which the plugins know what to do. */
  #failure(call: Call, { status, said, isTooMuch }: Fault, options: Options, response: Response): RequestError {
    if (isTooMuch) call.size?.failed();
    const error = new RequestError(said, status, { request: options as never, response: response });
    if (status !== 401 || !call.credential) return error;
    call.credential.isRefused = true;
    // At once with another token; where there is none, asking for one says so.
    return this.octokit.retry.retryRequest(error, RETRIES, 0);
  }

  /** Plugin-throttling has seen a limit: another token need not wait. */
  async #limited(said: number, { request: { call } }: Options, times: number): Promise<boolean> {
    if (times >= MOST_WAITS) return false;
    const asked = call?.seconds ?? said;
    const credential = call?.credential;
    if (call && credential) {
      credential.restsUntil = Date.now() + asked * 1000;
      const other = fullest(this.#credentials ?? [], call.resource);
      if (other && other !== credential && isAwake(other)) return true;
    }
    await this.#wait(Math.max(asked, times ** 2), "GitHub asks to wait");
    if (call) credential?.rates.delete(call.resource);
    return true;
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

  #note(credential: Credential, resource: Resource, { status, headers, body }: Received): void {
    const remaining = headers["x-ratelimit-remaining"];
    if (resource === "graphql") this.counts.points += costIn(body);
    else if (status !== 304) this.#rest += 1;
    if (remaining === undefined) return;
    const seconds = secondsUntil(Number(headers["x-ratelimit-reset"] ?? 0), headers);
    const limit = Number(headers["x-ratelimit-limit"] ?? remaining);
    credential.rates.set(resource, { remaining: Number(remaining), limit, resetsAt: Date.now() + seconds * 1000 });
  }

  /** What each token has left. */
  async rates(): Promise<Readonly<Record<Resource, readonly Rate[]>>> {
    this.#credentials ??= credentialsOf(this.#config, this.octokit);
    for (const credential of this.#credentials) {
      const headers = { authorization: `bearer ${await this.#tokenOf(credential)}` };
      this.counts.calls += 1;
      const response = await this.octokit.request({ method: "GET", url: "/rate_limit", headers }).catch(withoutRequest);
      const { resources } = (response.data ?? {}) as RateLimits;
      for (const resource of ["graphql", "core"] as const) {
        const said = resources?.[resource];
        const resetsAt = Date.now() + secondsUntil(said?.reset ?? 0, response.headers) * 1000;
        if (said) credential.rates.set(resource, { remaining: said.remaining, limit: said.limit, resetsAt });
      }
    }
    const all = this.#credentials.map(({ rates }) => rates);
    return { graphql: all.flatMap((rates) => rates.get("graphql") ?? []), core: all.flatMap((rates) => rates.get("core") ?? []) };
  }

  /** Leaves the reserve to others: waits for the next hour rather than touching it. */
  async #credentialFor(resource: Resource): Promise<Credential> {
    this.#credentials ??= credentialsOf(this.#config, this.octokit);
    const { max_points: most, reserve } = this.#config;
    if (most !== undefined && this.counts.points + this.#rest >= most)
      throw new SourceError(
        "github",
        "stopped",
        `stopped after ${this.counts.points} points${this.#rest > 0 ? ` and ${this.#rest} by REST` : ""}, as max_points says: the next run goes on from here`,
      );
    const credential = fullest(this.#credentials, resource);
    if (!credential) throw refused(this.#credentials);
    const rate = credential.rates.get(resource);
    const seconds = rate ? boundedWait((rate.resetsAt - Date.now()) / 1000) : 0;
    if (rate && rate.remaining <= reserve && seconds > 0) {
      await this.#wait(seconds, `${rate.remaining} points are left of this hour, and reserve keeps ${reserve}`);
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

const refused = (credentials: readonly Credential[]) =>
  new SourceError(
    "github",
    "auth",
    `${credentials.map(({ label }) => label).join(", ")} is not accepted: it is wrong, expired or revoked; make a new one, with the permissions that collectors/github/README.md names`,
  );

const costIn = (body: unknown): number =>
  (body as { data?: { rateLimit?: { cost?: number } | null } | null } | null)?.data?.rateLimit?.cost ?? 0;

/** Octokit's errors carry the request, and with it the token: nothing of them goes any further but this. */
function withoutRequest(error: unknown): Response {
  const known = knownIn(error);
  if (known) throw known;
  const { response } = error as { readonly response?: Response };
  return response ?? { ...NOTHING, url: "", data: undefined };
}

function knownIn(error: unknown): SourceError | undefined {
  if (error instanceof SourceError) return error;
  return error instanceof Error && error.cause !== undefined ? knownIn(error.cause) : undefined;
}
