import { hash } from "node:crypto";
import { unstorable } from "../../files/convert/compound.ts";
import type { Json, RawRecord } from "../../contract.ts";
import { parsedLine } from "../../reading/lines.ts";
import { Problem } from "../../reading/problem.ts";
import { shown } from "../../reading/words.ts";
import { eventsLike } from "./event-name.ts";

export type JsonObject = { [key: string]: Json };

/** A delivery without its envelope. */
export interface Delivery {
  readonly record: RawRecord;
  /** `X-Hub-Signature-256`, where the file has it. */
  readonly signature: string | undefined;
  /** What may have been signed: the text that came, or the payload written as GitHub writes it. */
  readonly bodies: readonly string[];
}

/** GitHub sends at most 25 MB. */
const LONGEST_PAYLOAD = 30_000_000;

/** What receivers call the payload, and GitHub's own list of deliveries. */
const BODIES = ["payload", "body"] as const;
const NAMES = ["event", "event_type", "eventName", "name"] as const;
const IDS = ["guid", "delivery", "delivery_id", "deliveryId", "id"] as const;
const TIMES = ["delivered_at", "received_at", "timestamp"] as const;

/**
 * Takes the envelope off a delivery, whoever put it on: headers say which event it is and its id, nothing else of
 * them is kept, since receivers save credentials there as well. `sidecar` are headers that stand in a file of their own;
 * `text` is the JSON as it stands in the file.
 */
export function openedDelivery(item: Json, text: string, sidecar: JsonObject = {}): Delivery | Problem {
  if (!isObject(item)) return new Problem(`expected a delivery, a JSON object; found ${shown(item)}`);
  const [body, isBare] = bodyOf(item);
  const payload = typeof body === "string" ? parsedBody(body) : body;
  if (!isObject(payload)) return new Problem(`expected a payload, a JSON object; found ${shown(body)}`);
  const problem = unstorable(payload, LONGEST_PAYLOAD);
  if (problem !== undefined) return problem;
  const envelope = isBare ? {} : item;
  const headers = headersOf(envelope, sidecar);
  const event = headers["x-github-event"] ?? firstText(envelope, NAMES) ?? eventOf(payload);
  if (event instanceof Problem) return event;
  if (!/^[a-z][a-z0-9_]{0,99}$/.test(event)) return new Problem(`expected the name of an event, such as push; found ${shown(event)}`);
  const id = headers["x-github-delivery"] ?? firstText(envelope, IDS);
  const bodies = typeof body === "string" ? [body] : [...(isBare ? [text.trim()] : []), JSON.stringify(payload)];
  return { record: recordOf(event, id, instantOf(envelope), payload), signature: headers["x-hub-signature-256"], bodies };
}

/** The payload, and whether it stands there by itself. */
function bodyOf(item: JsonObject): [Json, boolean] {
  const request = item["request"];
  for (const envelope of isObject(request) ? [request, item] : [item])
    for (const name of BODIES) if (envelope[name] !== undefined && envelope[name] !== null) return [envelope[name], false];
  return [item, true];
}

/** The JSON in a text, also as forms send it. */
function parsedBody(text: string): Json | undefined {
  return parsedLine(text.startsWith("payload=") ? (new URLSearchParams(text).get("payload") ?? "") : text);
}

/** Headers by their names in lower case; smee writes them beside the body. */
function headersOf(envelope: JsonObject, sidecar: JsonObject): Record<string, string> {
  const request = isObject(envelope["request"]) ? envelope["request"] : {};
  const sets = [sidecar, envelope, request["headers"] ?? {}, envelope["headers"] ?? {}];
  const entries = sets.flatMap((set) => (isObject(set) ? Object.entries(set) : []));
  return Object.fromEntries(
    entries.flatMap(([name, given]) => {
      const value: Json | undefined = Array.isArray(given) ? given[0] : given;
      return /^x-/i.test(name) && typeof value === "string" && value !== "" ? [[name.toLowerCase(), value]] : [];
    }),
  );
}

function eventOf(payload: JsonObject): string | Problem {
  const events = eventsLike(payload);
  const [event] = events;
  if (event !== undefined && events.length === 1) return event;
  const members = Object.keys(payload).slice(0, 8).join(", ");
  const found = events.length > 1 ? `it may be ${events.join(" or ")}` : `it has ${shown(members)}`;
  return new Problem(`cannot tell which event this is (${found}); let the receiver keep the header X-GitHub-Event`);
}

function recordOf(event: string, id: string | undefined, at: string | undefined, payload: JsonObject): RawRecord {
  const key = id ?? `sha256:${hash("sha256", `${event} ${JSON.stringify(payload)}`)}`;
  const said = { event, delivery: id ?? null, delivered_at: at ?? null, payload };
  return { key, ...(at !== undefined && { updatedAt: at }), payload: said };
}

/** When it was delivered, where the envelope says so: a time with offset, or milliseconds. */
function instantOf(envelope: JsonObject): string | undefined {
  const given = TIMES.map((name) => envelope[name]).find((value) => value !== undefined && value !== null);
  const isTime = typeof given === "number" || (typeof given === "string" && /T.*(?:Z|[+-]\d\d:?\d\d)$/.test(given));
  const at = isTime ? new Date(given) : undefined;
  return at === undefined || Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

function firstText(envelope: JsonObject, names: readonly string[]): string | undefined {
  const found = names.map((name) => envelope[name]).find((value) => typeof value === "string" && value !== "");
  return typeof found === "string" ? found : undefined;
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
