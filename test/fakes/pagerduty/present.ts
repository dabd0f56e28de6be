import {
  type ChangeEvent,
  type Incident,
  iso,
  type LogEntry,
  type Priority,
  type Service,
} from "./world/world.ts";

const HOST = "https://acme.pagerduty.com";
const API = "https://api.pagerduty.com";

const reference = (kind: string, id: string, summary: string, list = `${kind}s`) => ({
  id,
  type: `${kind}_reference`,
  summary,
  self: `${API}/${list}/${id}`,
  html_url: `${HOST}/${list}/${id}`,
});

const user = (name: string) => reference("user", `PU${name.toUpperCase()}`, name);
const team = (name: string) => reference("team", `PT${name.toUpperCase()}`, name);
const policy = (name: string) =>
  reference("escalation_policy", `PE${name.toUpperCase()}`, `${name} on call`, "escalation_policies");

export const presentService = (service: Service) => ({
  ...reference("service", service.id, service.name),
  type: "service",
  name: service.name,
  description: `What users of ${service.name} feel`,
  auto_resolve_timeout: 14_400,
  acknowledgement_timeout: 600,
  created_at: iso(service.createdAt),
  status: "active",
  escalation_policy: policy(service.team),
  teams: [team(service.team)],
  integrations: [],
});

export const presentPriority = ({ id, name }: Priority) => ({
  id,
  type: "priority",
  summary: name,
  self: `${API}/priorities/${id}`,
  html_url: null,
  name,
  description: `As ${name} is defined`,
});

export const presentIncident = (one: Incident) => ({
  ...reference("incident", one.id, `[#${one.number}] ${one.title}`),
  type: "incident",
  incident_number: one.number,
  title: one.title,
  created_at: iso(one.createdAt),
  updated_at: iso(one.updatedAt),
  status: one.status,
  incident_key: `key-${one.id}`,
  service: reference("service", one.service.id, one.service.name),
  assignments: one.status === "resolved" ? [] : [{ at: iso(one.createdAt), assignee: user(one.assignee) }],
  assigned_via: "escalation_policy",
  last_status_change_at: iso(one.statusAt),
  resolved_at: one.resolvedAt === undefined ? null : iso(one.resolvedAt),
  first_trigger_log_entry: reference("trigger_log_entry", one.trigger, "Triggered", "log_entries"),
  alert_counts: {
    all: one.alerts,
    triggered: one.status === "resolved" ? 0 : one.alerts,
    resolved: one.status === "resolved" ? one.alerts : 0,
  },
  is_mergeable: true,
  incident_type: { name: "incident_default" },
  escalation_policy: policy(one.service.team),
  teams: [team(one.service.team)],
  pending_actions: [],
  acknowledgements:
    one.status === "acknowledged"
      ? [{ at: iso(one.acknowledgedAt ?? one.createdAt), acknowledger: user(one.assignee) }]
      : [],
  last_status_change_by: user(one.assignee),
  priority: one.priority ? presentPriority(one.priority) : null,
  resolve_reason: one.mergedInto
    ? {
        type: "merge_resolve_reason",
        incident: reference("incident", one.mergedInto.id, `[#${one.mergedInto.number}]`),
      }
    : null,
  incidents_responders: [],
  responder_requests: [],
  urgency: one.urgency,
});

export const presentEntry = (entry: LogEntry, include: readonly string[]) => ({
  id: entry.id,
  type: entry.type,
  summary: `${entry.type} by ${entry.agent}`,
  self: `${API}/log_entries/${entry.id}`,
  html_url: null,
  created_at: iso(entry.at),
  agent:
    entry.type === "trigger_log_entry"
      ? reference("service", entry.agent, entry.incident.service.name)
      : user(entry.agent),
  channel:
    entry.note === undefined
      ? { type: "api" }
      : { type: "note", ...(include.includes("channels") ? { summary: entry.note } : {}) },
  service: reference("service", entry.incident.service.id, entry.incident.service.name),
  incident: include.includes("incidents")
    ? presentIncident(entry.incident)
    : reference("incident", entry.incident.id, `[#${entry.incident.number}]`),
  teams: [team(entry.incident.service.team)],
  contexts: [],
  event_details: entry.type === "trigger_log_entry" ? { description: entry.incident.title } : {},
});

export const presentChange = (event: ChangeEvent) => ({
  id: event.id,
  type: "change_event",
  summary: event.summary,
  timestamp: iso(event.at),
  source: event.source,
  integration: { id: "PINT001", type: "inbound_integration_reference" },
  services: event.services.map(({ id }) => ({ id, type: "service_reference" })),
  custom_details: event.details,
  links: event.link === undefined ? [] : [{ href: event.link, text: "Run" }],
});
