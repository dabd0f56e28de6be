import type { Client } from "jira.js/core";
import type { z } from "zod";
import { KnownError, SourceError } from "../../../src/errors.ts";
import { nothingAsked, type Usage } from "../../contract.ts";
import type { JiraConfig } from "../config.ts";
import { type Outcome, outcomeOf, type Received } from "./answer.ts";
import { type Fetch, within } from "./origin.ts";

/** What the client does to the world, so that tests need no waiting. */
export interface ClientEffects {
  readonly fetch: Fetch;
  readonly sleep: (seconds: number) => Promise<void>;
  /** Holds an answer against jira.js's schema. Tests throw; a run leaves fields that it does not need alone. */
  readonly hold?: (schema: z.ZodType, body: unknown, request: string) => void;
}

export const realEffects: ClientEffects = {
  fetch: (input, init) => globalThis.fetch(input, init),
  sleep: (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000)),
};

const TIMEOUT = 60_000;
const MOST_TRIES = 9;
const LONGEST_PAUSE = 30;
/** Without a word from Jira on how long to wait. */
const PAUSE = 10;

type Request = Parameters<Client["sendRequest"]>[0];

/**
 * The transport under jira.js's operations. Its own neither keeps to one origin nor gives up on a silent
 * server, and waits for limits by a clock that tests cannot replace.
 */
export class Jira implements Client {
  /** Told of everything that is asked. */
  usage: Usage = nothingAsked();
  /** Says why it takes so long. */
  report: (message: string) => void = () => undefined;
  readonly #config: JiraConfig;
  readonly #effects: ClientEffects;
  readonly #fetch: Fetch;

  constructor(config: JiraConfig, effects: ClientEffects) {
    this.#config = config;
    this.#effects = effects;
    this.#fetch = within(new URL(config.url).origin, effects.fetch, TIMEOUT);
  }

  /** The body as it came. */
  async sendRequest<T>(request: Request): Promise<T> {
    const body = await this.#ask(request);
    if (request.schema)
      this.#effects.hold?.(request.schema, body, `${request.method ?? "GET"} ${request.url}`);
    return body as T;
  }

  async #ask(request: Request): Promise<unknown> {
    for (let tries = 1; ; tries += 1) {
      const outcome = outcomeOf(this.#config, request.url, await this.#send(request));
      if (outcome.kind === "body") return outcome.body;
      if (outcome.kind === "refused") throw outcome.error;
      if (tries >= MOST_TRIES) throw this.#givenUp(outcome);
      await this.#beforeNext(outcome, tries);
    }
  }

  async #beforeNext(outcome: Extract<Outcome, { kind: "again" | "wait" }>, tries: number): Promise<void> {
    this.usage.retries += 1;
    const pause = Math.min(LONGEST_PAUSE, 2 ** (tries - 1));
    if (outcome.kind === "wait")
      await this.#wait(Math.max(outcome.seconds ?? PAUSE, tries > 1 ? pause : 0), "Jira asks to wait");
    else await this.#wait(pause, `Jira answered with ${outcome.said}`);
  }

  #givenUp(outcome: Extract<Outcome, { kind: "again" | "wait" }>): SourceError {
    if (outcome.kind === "wait")
      return new SourceError(
        "jira",
        "rate",
        "Jira asks to wait again and again: the next run goes on from here",
      );
    const message = `no good answer from ${this.#config.url} after ${MOST_TRIES} tries, at last ${outcome.said}: is url right? The next run goes on from here`;
    return new SourceError("jira", "network", message);
  }

  async #send(request: Request): Promise<Received> {
    const init: RequestInit = {
      method: request.method ?? "GET",
      headers: {
        accept: "application/json",
        authorization: this.#authorization(),
        "user-agent": "quarterdeck",
        ...(request.body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
    };
    this.usage.calls += 1;
    try {
      const answer = await this.#fetch(addressOf(this.#config.url, request), init);
      return await received(answer);
    } catch (error) {
      if (error instanceof KnownError) throw error;
      // What fetch says may hold the request, and with it the token: nothing of it goes any further.
      return { status: 599, headers: new Headers(), body: undefined, isWhole: false };
    }
  }

  #authorization(): string {
    const { email, token } = this.#config;
    if (email === undefined) return `Bearer ${token.reveal()}`;
    return `Basic ${Buffer.from(`${email}:${token.reveal()}`).toString("base64")}`;
  }

  async #wait(seconds: number, why: string): Promise<void> {
    if (seconds <= 0) return;
    this.report(`${why}: going on in ${seconds} s`);
    this.usage.waited += seconds;
    await this.#effects.sleep(seconds);
  }
}

async function received(answer: Response): Promise<Received> {
  const text = await answer.text();
  const parsed = parse(text);
  return { status: answer.status, headers: answer.headers, body: parsed.body, isWhole: parsed.isWhole };
}

function parse(text: string): { readonly body: unknown; readonly isWhole: boolean } {
  try {
    return { body: JSON.parse(text) as unknown, isWhole: true };
  } catch {
    return { body: undefined, isWhole: false };
  }
}

function addressOf(base: string, { url, searchParams }: Request): URL {
  const address = new URL(base.replace(/\/$/, "") + url);
  for (const [name, value] of Object.entries(
    (searchParams ?? {}) as Readonly<Record<string, string | number | undefined>>,
  ))
    if (value !== undefined) address.searchParams.append(name, String(value));
  return address;
}
