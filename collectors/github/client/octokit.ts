import { Octokit } from "@octokit/core";
import { paginateRest } from "@octokit/plugin-paginate-rest";
import { retry } from "@octokit/plugin-retry";
import { throttling } from "@octokit/plugin-throttling";
import type { RequestError } from "@octokit/request-error";
import Bottleneck from "bottleneck";
import type { Fetch } from "../../http/effects.ts";
import type { Call } from "./call.ts";

/** What a request becomes; octokit's own type, with ours in it. */
export interface Options {
  readonly url: string;
  readonly method: string;
  readonly headers: Record<string, string | number | undefined>;
  variables?: object;
  request: { readonly call?: Call };
}

export interface Response {
  readonly status: number;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
  readonly data: unknown;
}

export type Send = (options: Options) => Promise<Response>;

/** Our part in a request: what the plugins cannot know. */
export interface Part {
  /** Around every single try. */
  readonly each: (send: Send, options: Options) => Promise<Response>;
  /** GitHub asks to wait: does so, and says whether to go on. */
  readonly limited: (seconds: number, options: Options, octokit: unknown, times: number) => Promise<boolean>;
}

/** Tries after the first; plugin-retry pauses 1, 4, 9, 16 ... seconds between them. */
export const RETRIES = 8;

/** What GitHub refuses stays refused; 403 and 429 may be limits, which are plugin-throttling's. */
const REFUSALS = Array.from({ length: 100 }, (_, index) => 400 + index);

/** Hooks wrap those that were registered before: this is the innermost, and so sees each try of the others. */
const innermost = (octokit: Octokit, options: object): void =>
  octokit.hook.wrap("request", (options as { readonly part: Part }).part.each as never);

/**
 * Not plugin-paginate-graphql: it reads one list to its end by itself, while ours are stored page by page with the
 * place to go on from, and a page that is too much for GitHub is asked for again as a smaller one.
 */
const Plugged = Octokit.plugin(innermost, paginateRest, retry, throttling);

export type Client = InstanceType<typeof Plugged>;

export function octokitOf(url: string, fetch: Fetch, part: Part): Client {
  const quiet = { debug: ignore, info: ignore, warn: ignore, error: ignore };
  const octokit = new Plugged({
    baseUrl: url.replace(/\/$/, ""),
    userAgent: "quarterdeck",
    log: quiet,
    request: { fetch, log: quiet },
    part,
    // The plugins say how long to pause; `part` does it, so that it is counted, reported and quick in tests.
    retry: { retries: RETRIES, doNotRetry: REFUSALS, retryAfterBaseValue: 0 },
    throttle: {
      // A query is a POST, which would count as something written: one a second.
      write: new Bottleneck.Group(),
      retryAfterBaseValue: 0,
      onRateLimit: part.limited as never,
      onSecondaryRateLimit: part.limited as never,
    },
  });
  // The plugins count tries in there, and octokit shares it between requests that bring none of their own.
  octokit.hook.before("request", (options) => {
    options.request = { ...options.request };
  });
  return octokit;
}

/** Seconds after which plugin-retry wants to try again. */
export const pauseAfter = ({ request }: RequestError): number =>
  (request.request as { readonly retryAfter?: number } | undefined)?.retryAfter ?? 0;

const ignore = () => undefined;
