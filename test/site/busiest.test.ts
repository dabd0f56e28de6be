import { expect, test } from "vitest";
import { busiest, busiestNote, chunks } from "../../src/site/busiest.ts";
import type { ServiceRow } from "../../src/site/rows.ts";
import { sectionOf } from "../../src/site/sections.ts";
import { fixtureRows } from "./fixture.ts";

const [some] = fixtureRows().services;
const service = (name: string, activity_rank: number): ServiceRow => ({
  ...(some as ServiceRow),
  service: name,
  activity_rank,
});
const services = [service("a", 3), service("b", 1), service("c", 4), service("d", 2)];

test("a table that does not take all services shows the most active, in their order, and says so", () => {
  expect(busiest(services, 2).map((row) => row.service)).toEqual(["b", "d"]);
  expect(busiestNote(2, 4)).toMatch(/^The 2 of 4 services that were deployed most often/);
});

test("a table that takes all says nothing", () => {
  expect(busiest(services, 4)).toBe(services);
  expect(busiestNote(4, 4)).toBe("");
});

test("a list has a page even when nothing is on it, and no empty page otherwise", () => {
  expect(chunks([], 2)).toEqual([[]]);
  expect(chunks([1, 2], 2)).toEqual([[1, 2]]);
  expect(chunks([1, 2, 3], 2)).toEqual([[1, 2], [3]]);
});

test("later pages of a list belong to its part of the site", () => {
  expect(sectionOf("deployments-2.html")).toBe("deployments.html");
  expect(sectionOf("services-12.html")).toBe("services.html");
  expect(sectionOf("teams.html")).toBe("teams.html");
});
