import { describe, expect, test } from "vitest";
import { execFileSync } from "node:child_process";
import { Clock } from "../../src/site/format.ts";
import type { ReleaseRow } from "../../src/site/release-rows.ts";
import { sectionOf } from "../../src/site/sections.ts";
import {
  outcomeWords,
  packCommand,
  releaseSentences,
  releasesSentences,
} from "../../src/site/words/release.ts";
import { releaseFactsOf } from "./fixture/release-facts.ts";
import { fixtureRows, HOSTILE } from "./fixture.ts";

const { releases, releaseQuarters } = fixtureRows();
const clock = new Clock("UTC");
const plain = (text: string) => text.replaceAll("\u202f", " ");

function sentences(version: string, changed: Partial<ReleaseRow> = {}): string {
  const release = { ...releases.find((row) => row.version === version)!, ...changed };
  const facts = releaseFactsOf(release.service).get(version)!;
  return plain(releaseSentences(release, facts, clock).join(" "));
}

describe("a release is told in sentences", () => {
  test("that say what went live when, how it turned out and what was reviewed", () => {
    expect(sentences("2026.10.2")).toBe(
      "Payments 2026.10.2 brought 2 changes to production on 23 Oct 2026, 25 h after it first ran in staging. " +
        "It was rolled back after 40 min. Median lead time: 3.1 d from first commit to production (n = 2). " +
        "1 of 2 changes is known to be approved by somebody other than the author before the merge.",
    );
  });

  test("that name what is not known", () => {
    expect(sentences("2026.10.1", { outcome: "unknown", changes: 0, promotion_seconds: null })).toContain(
      "Payments 2026.10.1 went live in production on 14 Oct 2026; no change is known that it was the first to bring. " +
        "How it turned out is not known: no incident source covers it.",
    );
  });

  test("also where it never went live", () => {
    expect(sentences("8.0")).toBe("Ledger 8.0 is named by a source; no deployment of it is known.");
    expect(sentences("7.2-rc.1")).toBe(
      "Ledger 7.2-rc.1 has not reached production: 3 deployment attempts are known, none in production.",
    );
    expect(sentences("7.2-rc.1", { outcome: "never went live", attempts: 1 })).toBe(
      "Ledger 7.2-rc.1 never went live in production: 1 deployment attempt is known.",
    );
  });
});

test("the list says how many, how many failed, and the newest that is live", () => {
  expect(releasesSentences(releases, releaseQuarters, clock).join(" ")).toBe(
    "9 releases are known; 7 went live in production, and 3 of those are known to have failed or been rolled back. " +
      "The newest, Payments 2026.11.1, went live on 1 Nov 2026.",
  );
  expect(releasesSentences([], [], clock)).toEqual(["No release is known."]);
});

test("what was rolled back says after how long", () => {
  expect(releases.map((row) => plain(outcomeWords(row)))).toContain("rolled back after 40 min");
});

describe("the command that writes a pack", () => {
  test("is plain where the names are", () => {
    expect(packCommand("payments", "2026.6.2")).toBe("quarterdeck pack release payments 2026.6.2");
  });

  test.each([HOSTILE, "$(touch /tmp/x)", "it's", "a b", "-rf", "`id`", "é\n;"])(
    "gives a shell %j as one word",
    (name) => {
      const command = packCommand(name, "1").replace(/^quarterdeck pack (-- )?release /, "printf '%s|' ");
      expect(execFileSync("sh", ["-c", command.replace("printf", "printf --")], { encoding: "utf8" })).toBe(
        `${name}|1|`,
      );
    },
  );
});

test.each([
  ["index.html", "index.html"],
  ["week.html", "index.html"],
  ["services/payments/week.html", "services.html"],
  ["releases/quarter/q3-2026.html", "releases.html"],
  ["incidents/2026-06-2.html", "incidents.html"],
  ["restatements.html", "data.html"],
  ["elsewhere.html", undefined],
])("%s belongs to %s", (page, section) => expect(sectionOf(page)).toBe(section));
