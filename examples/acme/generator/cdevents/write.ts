import { AS_OF } from "../clock.ts";
import { type TextFile, withLine } from "../files/text.ts";
import type { World } from "../records.ts";
import { changeEvents, reviewEvents, ticketEvents } from "./code.ts";
import { deploymentEvents, releaseEvents, testEvents } from "./delivery.ts";
import { cdEvent, enveloped, type Happening } from "./event.ts";
import { incidentEvents } from "./service-desk.ts";

/** The history as logs of events, one per system, as a message broker would have written them. */
export function eventFiles(world: World): TextFile[] {
  const pipeline = [...deploymentEvents(world), ...releaseEvents(world), ...testEvents(world)];
  const code = [...changeEvents(world), ...reviewEvents(world), ...ticketEvents(world)];
  return [
    { name: "events/pipeline.ndjson", text: withLine(log(pipeline), 3000, HALF_A_LINE) },
    { name: "events/code.ndjson", text: withLine(log(code), 5000, FOREIGN) },
    { name: "events/service-desk.ndjson", text: log(incidentEvents(world)) },
  ];
}

const HALF_A_LINE = '{"context":{"specversion":"0.5.1","id":"service.upgraded/R8000';
const FOREIGN = JSON.stringify({
  ...{ specversion: "1.0", id: "push-1", source: "https://code.example.com", type: "com.example.push" },
  ...{ time: "2025-03-04T09:12:00Z", data: { ref: "refs/heads/main" } },
});

/** Every second event travels in an envelope, and some are late or come twice, as brokers promise no better. */
function log(happenings: readonly Happening[]): string {
  const events = happenings
    .filter(({ at }) => at < AS_OF)
    .sort((one, other) => one.at - other.at || (keyOf(one) < keyOf(other) ? -1 : 1));
  const lines = events.map((event, index) => lineOf(event, index));
  return late(lines)
    .flatMap((line, index) => (index % 100 === 99 ? [line, line] : [line]))
    .join("");
}

const keyOf = ({ type, id }: Happening) => `${type}/${id}`;

function lineOf(happening: Happening, index: number): string {
  const event = cdEvent(happening);
  return `${JSON.stringify(index % 2 === 0 ? event : enveloped(event, index % 20 === 1))}\n`;
}

/** Every fortieth line comes ten lines later than it should. */
function late(lines: readonly string[]): string[] {
  const order = lines.map((line, index) => ({ line, place: index % 40 === 0 ? index + 10.5 : index }));
  return order.sort((one, other) => one.place - other.place).map(({ line }) => line);
}
