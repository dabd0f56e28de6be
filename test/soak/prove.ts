import { describe, expect, test } from "vitest";
import { runSeed, type Scenario } from "./scenario.ts";

/** The seeds of a scenario that every `npm test` goes through. */
export function prove(scenario: Scenario): void {
  const seen = new Set<string>();
  describe(`${scenario.name}: whatever happens, it ends as one whole collection does`, () => {
    test.for(scenario.seeds.test)("seed %i", { timeout: 120_000 }, async (seed) => {
      for (const kind of await runSeed(scenario, seed)) seen.add(kind);
    });

    test("everything that may happen has happened", () => {
      expect(scenario.kinds.filter((kind) => !seen.has(kind))).toEqual([]);
    });
  });
}
