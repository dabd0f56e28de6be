import { verify } from "@octokit/webhooks-methods";
import type { Secret } from "../../../src/config/secret.ts";
import type { RawRecord, RejectedRow } from "../../contract.ts";
import { jsonText } from "../../reading/json-text.ts";
import { type Value, valuesOf } from "../../reading/values.ts";
import { Problem } from "../../reading/problem.ts";
import { shortened } from "../../reading/words.ts";
import { type Delivery, type JsonObject, openedDelivery } from "./envelope.ts";

/** Logs may be long, and single deliveries large: so much is held and stored at once. */
const MOST_RECORDS = 10_000;
const MOST_CHARACTERS = 50_000_000;

/** What came of a file, or of a part of it. */
export interface Reading {
  /** By key: redelivered ones are there once. */
  readonly records: Map<string, RawRecord>;
  readonly rejected: RejectedRow[];
  readonly warnings: string[];
  characters: number;
}

export const nothing = (): Reading => ({ records: new Map(), rejected: [], warnings: [], characters: 0 });

export const isFull = ({ records, characters }: Reading) => records.size >= MOST_RECORDS || characters >= MOST_CHARACTERS;

export interface Opening {
  readonly secret: Secret | undefined;
  /** Headers that stand in a file of their own. */
  readonly headers: JsonObject | undefined;
}

/**
 * Reads the deliveries of a file in parts.
 * @throws {FileProblem} when nothing of it may be taken in, before the first part
 */
export async function* readDeliveries(path: string, bytes: Buffer, opening: Opening): AsyncGenerator<Reading> {
  let reading = nothing();
  for (const value of valuesOf(path, bytes)) {
    await take(value, path, reading, opening);
    if (!isFull(reading)) continue;
    yield reading;
    reading = nothing();
  }
  yield reading;
}

async function take({ value, reason, line, text, isComplete }: Value, file: string, reading: Reading, opening: Opening) {
  if (value === undefined && !isComplete) {
    // A receiver appends while the file is read: the rest of the line comes with the next run.
    reading.warnings.push(`${file}:${line}: the last line is not complete yet; it is read once it is`);
    return;
  }
  for (const item of Array.isArray(value) ? value : [value]) {
    const whole = item === value ? text : jsonText(item);
    const opened =
      item === undefined ? new Problem(reason) : openedDelivery(item, whole, opening.headers);
    const problem = opened instanceof Problem ? opened : await forged(opened, opening.secret);
    if (problem !== undefined) reading.rejected.push({ file, line, reason: problem.reason, text: shortened(whole) });
    else if (!(opened instanceof Problem)) reading.records.set(opened.record.key, opened.record);
    reading.characters += whole.length;
  }
}

/** Why a delivery is not believed: GitHub signs with the secret of the webhook. */
async function forged({ signature, bodies }: Delivery, secret: Secret | undefined): Promise<Problem | undefined> {
  if (secret === undefined || signature === undefined) return undefined;
  for (const body of bodies) if (await verify(secret.reveal(), body, signature)) return undefined;
  return new Problem(
    "the signature X-Hub-Signature-256 does not fit: it was made with another webhook_secret, or the receiver did not keep the body as it came",
  );
}
