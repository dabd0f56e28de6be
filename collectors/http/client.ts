import pRetry from "p-retry";
import { SourceError } from "../../src/errors.ts";
import { nothingAsked, type StreamContext } from "../contract.ts";
import { type Answer, Passing, readAnswer } from "./answer.ts";
import type { Authorization } from "./authorization.ts";
import { type Fetch, type HttpEffects, realEffects } from "./effects.ts";
import { within } from "./origin.ts";

export type Parameters = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** What is asked for: a path below `url`, or an address that the server gave. */
export interface Asked {
  readonly place: string | URL;
  readonly method?: string;
  readonly parameters?: Parameters;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Statuses that are answers too. */
  readonly expected?: readonly number[];
}

export interface HttpOptions {
  /** The collector's name, for its errors. */
  readonly source: string;
  /** The system's name, as people know it. */
  readonly vendor: string;
  /** Where the API begins. Nothing is sent to another origin. */
  readonly url: string;
  readonly authorization: Authorization;
  readonly headers?: Readonly<Record<string, string>>;
  /** What an answer such as 403 means and what to do about it, where the collector knows better. */
  readonly explain?: (answer: Answer, path: string) => SourceError | undefined;
}

/** A stream that is being read. */
type Asker = Pick<StreamContext, "report" | "usage">;

const TIMEOUT = 60_000;
const MOST_TRIES = 9;
const LONGEST_PAUSE = 30;

/** Asks one REST API: waits where it must, tries again where that helps, and keeps count. */
export class HttpClient {
  #asker: Asker = { report: () => undefined, usage: nothingAsked() };
  readonly #options: HttpOptions;
  readonly #effects: HttpEffects;
  readonly #fetch: Fetch;
  #date: string | null = null;

  constructor(options: HttpOptions, effects: HttpEffects = realEffects) {
    this.#options = options;
    this.#effects = effects;
    this.#fetch = within(options.source, new URL(options.url).origin, effects.fetch, TIMEOUT);
  }

  /** For whom it asks from now on: what there is to say while it waits, and what asking costs, is theirs. */
  reportTo({ report, usage }: Asker): void {
    this.#asker = { report, usage };
  }

  /** The time by the server's clock when it last answered: this machine's may differ. */
  get now(): Date {
    return new Date(Date.parse(this.#date ?? "") || Date.now());
  }

  /** @throws {SourceError} */
  get(place: Asked["place"], parameters: Parameters = {}, expected: readonly number[] = []): Promise<Answer> {
    return this.ask({ place, parameters, expected });
  }

  /** @throws {SourceError} */
  async ask(asked: Asked): Promise<Answer> {
    const { place, expected = [] } = asked;
    const path = typeof place === "string" ? place : place.pathname;
    const answer = await this.#persist(asked);
    if (answer.status >= 300 && !expected.includes(answer.status))
      throw this.#options.explain?.(answer, path) ?? this.#refused(answer, path);
    if (answer.status < 300 && answer.body === undefined) throw this.#noApi();
    return answer;
  }

  async #persist(asked: Asked): Promise<Answer> {
    const address = addressOf(this.#options.url, asked);
    try {
      return await pRetry(() => this.#once(address, asked), {
        retries: MOST_TRIES - 1,
        // The waiting is done below, so that it is said, counted and left to the effects.
        minTimeout: 0,
        maxTimeout: 0,
        shouldRetry: ({ error }) => error instanceof Passing,
        onFailedAttempt: ({ error, attemptNumber, retriesLeft }) =>
          error instanceof Passing && retriesLeft > 0 ? this.#pause(error, attemptNumber) : undefined,
      });
    } catch (error) {
      throw error instanceof Passing ? this.#givenUp(error) : error;
    }
  }

  async #once(address: URL, { method = "GET", body }: Asked): Promise<Answer> {
    const { authorization, headers } = this.#options;
    const sent = {
      accept: "application/json",
      ...(body !== undefined && { "content-type": "application/json" }),
      ...headers,
      [authorization.name ?? "authorization"]: authorization.header(),
    };
    this.#asker.usage.calls += 1;
    try {
      const response = await this.#fetch(address, {
        method,
        headers: sent,
        body: body === undefined ? null : JSON.stringify(body),
      });
      this.#date = response.headers.get("date") ?? this.#date;
      return await readAnswer(response);
    } catch (error) {
      // Of what else goes wrong nothing is handed on: it may hold the request, and with it the token.
      throw error instanceof Passing || error instanceof SourceError ? error : new Passing(reasonOf(error));
    }
  }

  async #pause({ seconds, isLimit, message }: Passing, attempt: number): Promise<void> {
    const pause = Math.min(LONGEST_PAUSE, 2 ** (attempt - 1));
    const wait = Math.max(seconds ?? pause, attempt > 1 ? pause : 0);
    const { vendor } = this.#options;
    const { usage, report } = this.#asker;
    usage.retries += 1;
    usage.waited += wait;
    report(`${isLimit ? `${vendor} asks to wait` : `${vendor} gave ${message}`}: going on in ${wait} s`);
    await this.#effects.sleep(wait);
  }

  #givenUp({ isLimit, message }: Passing): SourceError {
    const { source, vendor, url } = this.#options;
    return isLimit
      ? new SourceError(
          source,
          "rate",
          `${vendor} asks to wait again and again: the next run goes on from here`,
        )
      : new SourceError(
          source,
          "network",
          `no good answer from ${url} after ${MOST_TRIES} tries, at last ${message}: the next run goes on from here`,
        );
  }

  #refused({ status }: Answer, path: string): SourceError {
    const { source, vendor, authorization } = this.#options;
    if (status === 401)
      return new SourceError(
        source,
        "auth",
        `${authorization.label} is not accepted by ${vendor}: it is wrong, expired or revoked; make a new one, as collectors/${source}/README.md says`,
      );
    if (status === 403)
      return new SourceError(
        source,
        "auth",
        `${authorization.label} may not read ${path}: collectors/${source}/README.md says what it needs`,
      );
    return new SourceError(
      source,
      status === 404 ? "missing" : "schema",
      `${path}: answered with status ${status}. Is url the address of the API?`,
    );
  }

  #noApi(): SourceError {
    const { source, url, vendor } = this.#options;
    return new SourceError(
      source,
      "schema",
      `${url} does not answer in JSON: set url to the address of ${vendor}'s API`,
    );
  }
}

function addressOf(url: string, { place, parameters = {} }: Asked): URL {
  const address = new URL(typeof place === "string" ? url.replace(/\/$/, "") + place : place);
  for (const [name, value] of Object.entries(parameters)) {
    const values = typeof value === "object" ? value : value === undefined ? [] : [String(value)];
    for (const one of values) address.searchParams.append(name, one);
  }
  return address;
}

/** Whether nobody is there, or the connection broke: in the words of Node's error codes. */
function reasonOf(error: unknown): string {
  const { name, cause } = error as { name?: string; cause?: { code?: string } };
  return name === "TimeoutError"
    ? "no answer in a minute"
    : `a broken connection${cause?.code ? ` (${cause.code})` : ""}`;
}
