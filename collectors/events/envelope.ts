import { asTimestamp } from "../files/convert/time.ts";
import { asObject } from "../files/convert/compound.ts";
import type { Json, RawRecord, RejectedRow } from "../contract.ts";
import { Problem } from "../reading/problem.ts";
import { shown } from "../reading/words.ts";
import { decoded } from "./base64.ts";
import { customProblem } from "./custom-data.ts";

type JsonObject = { [key: string]: Json };

export interface OpenedEvent {
  readonly record: RawRecord;
  /** The event without its envelope: what tells a second delivery from another event. */
  readonly said: Json;
}

/** Why an event cannot be taken in, and the member that is at fault. */
export type EventProblem = Pick<RejectedRow, "reason" | "column">;

const NEITHER =
  "expected an event: `context` and `subject` (CDEvents), or `specversion`, `id`, `source` and `type` (CloudEvents)";

/**
 * Looks as far into an event as it takes to file it: who sent it, and when it happened. What a transport
 * encoded is decoded, nothing else is touched.
 */
export function openedEvent(item: Json): OpenedEvent | EventProblem {
  if (!isObject(item)) return { reason: `${NEITHER}; found ${shown(item)}` };
  const storable = asObject(item);
  if (storable instanceof Problem) return { reason: storable.reason };
  if (isObject(item["context"])) return cdEvent(withDecodedCustomData(item), undefined);
  if (typeof item["specversion"] === "string") return cloudEvent(item);
  return { reason: NEITHER };
}

function cloudEvent(item: JsonObject): OpenedEvent | EventProblem {
  const envelope = withDecodedData(item);
  const data = envelope["data"];
  if (isObject(data) && isObject(data["context"])) {
    const event = withDecodedCustomData(data);
    return cdEvent(event, { ...envelope, data: event });
  }
  if (isText(item["type"]) && item["type"].startsWith("dev.cdevents."))
    return {
      column: "data",
      reason: "expected a CDEvent in the envelope: an object with `context` and `subject`",
    };
  return filed(envelope, ["id", "source", "type"], "", envelope["time"], false, envelope, envelope);
}

function cdEvent(event: JsonObject, envelope: JsonObject | undefined): OpenedEvent | EventProblem {
  const context = event["context"] as JsonObject;
  const time = context["timestamp"] ?? envelope?.["time"];
  const names = ["id", "source", "type"];
  const opened = filed(context, names, "context.", time, true, envelope ?? event, event);
  if ("reason" in opened) return opened;
  if (!isObject(event["subject"]) || !isText(event["subject"]["id"]))
    return { column: "subject.id", reason: "expected the id of a subject, found none" };
  return customProblem(event["customData"]) ?? opened;
}

function filed(
  attributes: JsonObject,
  needed: readonly string[],
  prefix: string,
  time: Json | undefined,
  isTimeNeeded: boolean,
  payload: JsonObject,
  said: JsonObject,
): OpenedEvent | EventProblem {
  const missing = needed.find((name) => !isText(attributes[name]));
  if (missing !== undefined)
    return {
      column: `${prefix}${missing}`,
      reason: `expected a text, found ${shown(attributes[missing] ?? null)}`,
    };
  const instant = instantOf(time);
  if (instant === undefined && isTimeNeeded)
    return {
      column: `${prefix}timestamp`,
      reason: `expected an instant with offset, such as 2026-01-31T12:00:00Z, found ${shown(time ?? null)}`,
    };
  const key = JSON.stringify([attributes["source"], attributes["id"]]);
  return { record: { key, ...(instant === undefined ? {} : { updatedAt: instant }), payload }, said };
}

const readInstant = asTimestamp({});

function instantOf(time: Json | undefined): string | undefined {
  if (typeof time !== "string") return undefined;
  const instant = readInstant(time);
  return instant instanceof Problem ? undefined : instant;
}

/** Binary data travels as base64; where it is JSON it is stored as such. */
function withDecodedData({ data_base64: encoded, ...envelope }: JsonObject): JsonObject {
  if (typeof encoded !== "string") return envelope;
  const data = decoded(encoded);
  return data === undefined ? { ...envelope, data_base64: encoded } : { ...envelope, data };
}

function withDecodedCustomData(event: JsonObject): JsonObject {
  const custom = event["customData"];
  const data = typeof custom === "string" ? decoded(custom) : undefined;
  return data === undefined ? event : { ...event, customData: data };
}

const isText = (value: Json | undefined): value is string => typeof value === "string" && value !== "";

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
