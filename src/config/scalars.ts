import { IANAZone } from "luxon";
import { z } from "zod";
import { cronProblem } from "../schedule/cron.ts";
import { Secret } from "./secret.ts";

const SECONDS = { s: 1, m: 60, h: 3600, d: 86400, w: 604800 } as const;
const TEN_YEARS = 3660 * SECONDS.d;

const LENGTH_OF_TIME = "expected a length of time such as 30m, 6h, 7d or 2w";

const inSeconds = (text: string) =>
  Number(text.slice(0, -1)) * SECONDS[text.slice(-1) as keyof typeof SECONDS];

/** `90d`, `6h`, `30m`, `2w`: a length of time, read as whole seconds. */
export const duration = (description: string, fallback: string) =>
  z
    .string({ error: LENGTH_OF_TIME })
    .regex(/^\d+[smhdw]$/, { error: LENGTH_OF_TIME, abort: true })
    .refine((text) => inSeconds(text) <= TEN_YEARS, { error: "expected ten years at most" })
    .default(fallback)
    .transform(inSeconds)
    .describe(`${description} A number with s, m, h, d or w.`);

/** The same on a command line. @returns seconds; undefined where it is none */
export function secondsOf(text: string): number | undefined {
  return duration("", "0s").safeParse(text).data;
}

/** When something is due, as cron says it, in the organisation's time zone. */
export const cronExpression = z
  .string({ error: 'expected a cron expression, such as "17 4 * * *"' })
  .superRefine((expression, context) => {
    const problem = cronProblem(expression);
    if (problem !== undefined) {
      context.addIssue({ code: "custom", message: `expected a cron expression, such as "17 4 * * *" (${problem})` });
    }
  });

const bearsCredentials = (text: string) => {
  const { username = "", password = "" } = URL.parse(text) ?? {};
  return username !== "" || password !== "";
};

/** Where a server is. An address is shown and stored, so it holds no credentials; the message must not repeat them. */
export const serverAddress = z.url({ protocol: /^https?$/ }).refine((text) => !bearsCredentials(text), {
  error: "give the credentials by keys of the source such as token or user, not in the address",
});

/** A calendar day, meant in the organisation's time zone. */
export const day = z.iso.date({ error: "expected a day such as 2026-01-31" });

// The engine also takes offsets such as +03:00, which have no daylight saving and no name in the database.
const isNamedZone = (zone: string) => /^[a-z]/i.test(zone) && IANAZone.isValidZone(zone);

export const timeZone = z
  .string()
  .refine(isNamedZone, { error: "expected a time zone of the IANA list, such as Europe/Berlin" });

const isKnownLanguage = (tag: string) => {
  try {
    return Intl.NumberFormat.supportedLocalesOf(tag).length === 1;
  } catch {
    return false;
  }
};

/** A tag of BCP 47 whose language this program can write numbers and dates in. */
export const languageTag = z
  .string()
  .refine(isKnownLanguage, { error: "expected a language, with a region where it matters, such as de-DE, en-US or fr" });

export const name = z
  .string()
  .min(1, { abort: true })
  .max(200)
  .regex(/^[^\p{Cc}]+$/u, "expected printable text");

export const secretReference = /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$/;

/** `${NAME}`: the only way to write a secret, so that the file itself never holds one. */
export const secret = (description: string) =>
  z
    .string()
    .regex(secretReference, "expected ${NAME}: a secret stands in an environment variable, not in this file")
    .transform((reference) => new Secret(reference.slice(2, -1)))
    .meta({ description: `${description} Written as \${NAME}.`, writeOnly: true });
