import type { Instant } from "./clock.ts";
import { berlin } from "./clock.ts";
import { random } from "./random.ts";

export type TeamName = "payments" | "risk" | "channels" | "core" | "platform";

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly login: string;
  readonly email: string;
  readonly team: TeamName | "operations";
  readonly isBot: boolean;
  readonly owner?: string;
  readonly activeFrom?: Instant;
  readonly activeUntil?: Instant;
}

const NAMES: Readonly<Record<Person["team"], readonly string[]>> = {
  payments: [
    "Amara Okoye",
    "Jonas Brandt",
    "Lucía Ferrer",
    "Tomasz Zieliński",
    "Priya Raman",
    "Henrik Dahl",
    "Mei Tanaka",
    "Oskar Vogt",
    "Salma Haddad",
    "Ben Whitlock",
  ],
  risk: [
    "Ingrid Solberg",
    "Kwame Mensah",
    "Noor Rahimi",
    "Felix Auer",
    "Elena Petrova",
    "Marco Bellini",
    "Saskia de Wit",
    "Daniel Oyelaran",
    "Yuki Mori",
  ],
  channels: [
    "Clara Weiss",
    "Diego Navarro",
    "Aisha Karim",
    "Lars Nyberg",
    "Rosa Almeida",
    "Finn O'Donnell",
    "Hana Novák",
    "Samuel Osei",
    "Greta Lindqvist",
    "Paul Richter",
    "Thandi Nkosi",
    "Emre Yıldız",
  ],
  core: [
    "Walter Hoffmann",
    "Beatriz Costa",
    "Ravi Iyer",
    "Margit Krause",
    "Stefan Kowalski",
    "Annika Berg",
    "Chidi Eze",
    "Laura Conti",
  ],
  platform: [
    "Mikkel Sørensen",
    "Zoe Laurent",
    "Arjun Desai",
    "Katharina Engel",
    "Pedro Queiroz",
    "Nadia Benali",
    "Viktor Lindgren",
    "Sofie Maes",
  ],
  operations: ["Renate Albrecht", "George Adeyemi", "Carla Moretti", "Uwe Petersen"],
};

/** People who came or went within the two years. */
const JOINED: Readonly<Record<string, Instant>> = {
  "Thandi Nkosi": berlin("2025-03-03"),
  "Emre Yıldız": berlin("2025-07-01"),
  "Yuki Mori": berlin("2025-01-15"),
};
const LEFT: Readonly<Record<string, Instant>> = {
  "Walter Hoffmann": berlin("2025-10-31"),
  "Ben Whitlock": berlin("2025-08-31"),
};

const ascii = (text: string) =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replaceAll("ø", "o")
    .replaceAll("ı", "i")
    .replaceAll("ł", "l")
    .replace(/[^a-z ]/gi, "")
    .toLowerCase();

function human(name: string, team: Person["team"], index: number): Person {
  const [first = "", ...rest] = ascii(name).split(" ");
  const surname = rest.join("");
  const from = JOINED[name];
  const until = LEFT[name];
  return {
    id: `E${String(10400 + index * 17)}`,
    name,
    login: `${first.charAt(0)}${surname}`,
    email: `${first}.${surname}@example.com`,
    team,
    isBot: false,
    ...(from === undefined ? {} : { activeFrom: from }),
    ...(until === undefined ? {} : { activeUntil: until }),
  };
}

const humans: readonly Person[] = Object.entries(NAMES)
  .flatMap(([team, names]) => names.map((name) => ({ name, team: team as Person["team"] })))
  .map(({ name, team }, index) => human(name, team, index));

const ownerOf = (team: Person["team"]) => humans.find((person) => person.team === team)?.login ?? "";

export const dependencyBot: Person = {
  id: "B1",
  name: "Dependency bot",
  login: "dependency-bot",
  email: "dependency-bot@example.com",
  team: "platform",
  isBot: true,
  owner: ownerOf("platform"),
};

export const pipelineBot: Person = {
  id: "B2",
  name: "Pipeline",
  login: "svc-pipeline",
  email: "svc-pipeline@example.com",
  team: "platform",
  isBot: true,
  owner: ownerOf("platform"),
};

export const people: readonly Person[] = [...humans, dependencyBot, pipelineBot];

const isActive = (person: Person, at: Instant) =>
  (person.activeFrom ?? 0) <= at && at < (person.activeUntil ?? Number.MAX_SAFE_INTEGER);

/** Who of a team was there on that day. */
export function membersOf(team: Person["team"], at: Instant): readonly Person[] {
  return humans.filter((person) => person.team === team && isActive(person, at));
}

/** Names to print where people must not be named: drawn at random, so that they say nothing about the person. */
export function pseudonyms(seed: number): ReadonlyMap<Person, string> {
  const draw = random(seed, "pseudonyms");
  const free = humans.map((_, index) => `Person ${String(index + 1).padStart(2, "0")}`);
  return new Map(
    people.map((person) => [
      person,
      person.isBot ? person.name : takeAny(free, draw.integer(0, free.length - 1)),
    ]),
  );
}

function takeAny(list: string[], index: number): string {
  return list.splice(index, 1)[0] ?? "";
}
