import { isoUtc, type Instant } from "../clock.ts";

/** Versions of the event types that the bank sends, as CDEvents 0.5.1 has them. */
const VERSIONS = {
  "artifact.published": "0.3.0",
  "change.created": "0.4.0",
  "change.merged": "0.3.0",
  "change.reviewed": "0.3.0",
  "incident.detected": "0.3.0",
  "incident.reported": "0.3.0",
  "incident.resolved": "0.3.0",
  "pipelinerun.finished": "0.3.0",
  "pipelinerun.queued": "0.3.0",
  "pipelinerun.started": "0.3.0",
  "service.deployed": "0.3.0",
  "service.rolledback": "0.3.0",
  "service.upgraded": "0.3.0",
  "taskrun.finished": "0.3.0",
  "testsuiterun.finished": "0.3.0",
  "ticket.closed": "0.2.0",
  "ticket.created": "0.2.0",
} as const;

export type EventType = keyof typeof VERSIONS;

export interface Happening {
  readonly type: EventType;
  readonly at: Instant;
  /** Who says so, as a URI reference. */
  readonly producer: string;
  /** Unique among the events of its type. */
  readonly id: string;
  readonly subject: string;
  readonly content: object;
  readonly customData?: object;
}

/** `dev.cdevents.service.deployed.0.3.0` */
const fullType = (type: EventType) => `dev.cdevents.${type}.${VERSIONS[type]}`;

export function cdEvent({ type, at, producer, id, subject, content, customData }: Happening) {
  return {
    context: {
      specversion: "0.5.1",
      id: `${type}/${id}`,
      source: producer,
      type: fullType(type),
      timestamp: isoUtc(at),
    },
    subject: { id: subject, content },
    ...(customData === undefined ? {} : { customData }),
  };
}

type CdEvent = ReturnType<typeof cdEvent>;

/** The event as a message broker carries it: in an envelope of CloudEvents 1.0, as JSON or as base64 of it. */
export function enveloped(event: CdEvent, isBinary: boolean): object {
  const { id, source, type, timestamp } = event.context;
  const data = isBinary
    ? { data_base64: Buffer.from(JSON.stringify(event)).toString("base64") }
    : { data: event };
  return {
    specversion: "1.0",
    id,
    source,
    type,
    time: timestamp,
    datacontenttype: "application/json",
    ...data,
  };
}
