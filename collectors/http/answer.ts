/** An answer, read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Undefined where there was none, or none in JSON. */
  readonly body: unknown;
}

/** Something that may work when it is tried again. */
export class Passing extends Error {
  /** How long to wait before, where the server says so. */
  readonly seconds: number | undefined;
  readonly isLimit: boolean;

  constructor(
    said: string,
    { seconds, isLimit = false }: { seconds?: number | undefined; isLimit?: boolean } = {},
  ) {
    super(said);
    this.seconds = seconds;
    this.isLimit = isLimit;
  }
}

/** @throws {Passing} for what passes: limits, faults of the server, an answer that ends too early */
export async function readAnswer(response: Response): Promise<Answer> {
  const { status, headers } = response;
  const text = await response.text();
  // Also who sheds load says how long it lasts.
  const isLimit = status === 429 || (status === 503 && headers.has("retry-after"));
  if (isLimit) throw new Passing(`status ${status}`, { seconds: limitIn(headers), isLimit });
  if (status === 408 || status >= 500)
    throw new Passing(`status ${status}`, { seconds: secondsToWait(headers) });
  const type = headers.get("content-type") ?? (text === "" ? "" : "json");
  return { status, headers, body: /\bjson\b/.test(type) ? parsed(text, status) : undefined };
}

function parsed(text: string, status: number): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    if (status >= 300) return undefined;
    throw new Passing("an answer that ends too early");
  }
}

const LONGEST_WAIT = 3_660;
/** Of a limit that says nothing of its end. */
const USUAL_LIMIT = 10;

const limitIn = (headers: Headers): number =>
  secondsToWait(headers) ?? secondsToReset(headers) ?? USUAL_LIMIT;

const NUMBER = /^\d+(\.\d+)?$/;

/** Seconds since 1970 rather than seconds to wait, as GitLab says when the minute ends: no wait is so long. */
const AN_INSTANT = 1_000_000_000;

/** Seconds or a date; some say with each answer when the minute ends, and only that. */
function secondsToWait(headers: Headers): number | undefined {
  const said = headers.get("retry-after") ?? headers.get("ratelimit-reset");
  if (said === null) return undefined;
  if (!NUMBER.test(said)) return secondsUntil(said, headers);
  const number = Number(said);
  return number < AN_INSTANT
    ? boundedWait(number)
    : secondsUntil(new Date(number * 1000).toUTCString(), headers);
}

/** When the window ends, as Jira dates it. A number under this name is an instant here and a duration there. */
function secondsToReset(headers: Headers): number | undefined {
  const said = headers.get("x-ratelimit-reset");
  return said === null || NUMBER.test(said) ? undefined : secondsUntil(said, headers);
}

/** By the server's clock: this machine's may differ. */
function secondsUntil(date: string, headers: Headers): number | undefined {
  const now = Date.parse(headers.get("date") ?? "") || Date.now();
  const seconds = (Date.parse(date) - now) / 1000;
  return Number.isNaN(seconds) ? undefined : boundedWait(seconds);
}

/** Whole seconds, and no more than an hour and a minute. */
export const boundedWait = (seconds: number) => Math.min(LONGEST_WAIT, Math.max(0, Math.ceil(seconds)));
