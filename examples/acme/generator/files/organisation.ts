import { isoUtc, localDay } from "../clock.ts";
import { milestones, peaks, windows } from "../calendar.ts";
import { people, pseudonyms } from "../people.ts";
import { csv, type TextFile } from "./text.ts";

export function peopleFile(seed: number): TextFile {
  const pseudonym = pseudonyms(seed);
  const rows = people.map((person) => ({
    id: person.id,
    display_name: person.name,
    logins: person.login,
    emails: person.email,
    is_bot: person.isBot,
    owner: person.owner ?? "",
    active_from: person.activeFrom === undefined ? "" : localDay(person.activeFrom),
    active_until: person.activeUntil === undefined ? "" : localDay(person.activeUntil),
    pseudonym: pseudonym.get(person) ?? "",
  }));
  return { name: "people.csv", text: csv(rows) };
}

export function windowsFile(): TextFile {
  const rows = [...windows, ...peaks].map(({ id, kind, scope, startsAt, endsAt, reason }) => ({
    id,
    kind,
    scope,
    starts_at: isoUtc(startsAt),
    ends_at: isoUtc(endsAt),
    reason,
  }));
  return { name: "windows.csv", text: csv(rows) };
}

export function milestonesFile(): TextFile {
  const rows = milestones.map(({ id, name, plannedAt, actualAt, scope }) => ({
    id,
    name,
    planned_at: isoUtc(plannedAt),
    actual_at: actualAt === undefined ? "" : isoUtc(actualAt),
    scope,
  }));
  return { name: "milestones.csv", text: csv(rows) };
}
