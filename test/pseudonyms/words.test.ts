import { describe, expect, test } from "vitest";
import { pseudonymised } from "../../src/pseudonyms/values.ts";
import { replacerOf } from "../../src/pseudonyms/words.ts";

const names = [
  ...["jane", "Jane Doe", "jane.doe@acme.example", "12345+jane@users.noreply.github.com"].map((name) => ({
    name,
    pseudonym: "person-aaaa",
  })),
  ...["release", "Hana Novák", "E1042", "7"].map((name) => ({ name, pseudonym: "person-bbbb" })),
  ...["al", "田中太郎", "sam.roe@one.example"].map((name) => ({ name, pseudonym: "person-cccc" })),
  { name: "sam.roe@two.example", pseudonym: "person-dddd" },
];

const replacer = replacerOf({
  names,
  words: new Set(["release", "status", "progress"]),
  kept: new Set(["jane-bot[bot]", "ci@acme.example"]),
  isShared: (address) => address.startsWith("noreply@"),
  ofStranger: () => "person-eeee",
});

describe("in free text", () => {
  test.each([
    ["a login as a word of its own", "approved by jane.", "approved by person-aaaa."],
    ["whatever its case", "Approved by JANE", "Approved by person-aaaa"],
    ["a mention", "@jane, please look", "@person-aaaa, please look"],
    ["within names of branches and places", "feature/jane_fix-al/x", "feature/person-aaaa_fix-person-cccc/x"],
    ["not within other words", "planet janeiro normal", "planet janeiro normal"],
    ["a name of two words, also turned", "Jane Doe and Doe, Jane", "person-aaaa and person-aaaa"],
    ["a name as part of an address", "https://x.example/u/jane.doe?q=jane.doe%40acme.example", "https://x.example/u/person-aaaa?q=person-aaaa"],
    ["an address before the login in it", "mail jane.doe@acme.example", "mail person-aaaa"],
    ["an address that a host made up", "98-jane@users.noreply.github.com", "person-aaaa"],
    ["an address of somebody else", "cc: stranger@other.example;", "cc: person-eeee;"],
    ["not what is nobody's", "noreply@acme.example ci@acme.example", "noreply@acme.example ci@acme.example"],
    ["not a place that is asked by an account", "git@github.com:acme/x.git https://u@host.example/r", "git@github.com:acme/x.git https://u@host.example/r"],
    ["not a version", "payments@2.4.0", "payments@2.4.0"],
    ["not a bot that is called after somebody", "by jane-bot[bot]", "by jane-bot[bot]"],
    ["decomposed accents", "Hana Nova\u0301k", "person-bbbb"],
    ["a script without blanks", "承認者は田中太郎です", "承認者はperson-ccccです"],
    ["not one of two whom it may mean", "sam.roe and sam.roe@two.example", "person-eeee and person-dddd"],
    ["a number never", "7 of 7", "7 of 7"],
    ["a word of the data where nothing adjoins it", "release 2 by release, in release-2.4", "person-bbbb 2 by person-bbbb, in release-2.4"],
    ["a word of the data alone is what it says", "release", "release"],
  ])("%s", (_, said, expected) => {
    expect(replacer.text(said)).toBe(expected);
  });

  test("however long it is", () => {
    const long = `${"a.".repeat(500_000)}@${"x-".repeat(200_000)}`;
    expect(replacer.text(long)).toHaveLength(long.length);
  });
});

test("where people stand the whole value counts, and where none does, the words in it", () => {
  const said = {
    author: "release",
    status: "release",
    reviewers: ["Jane Doe", "7"],
    requested_by: "jane; release",
    approved_by: "Doe, Jane",
    owner: { login: "release", type: "User", id: 7 },
    agent: { type: "user_reference", id: "7", summary: "E1042" },
    other: { type: "service_reference", id: "7", summary: "release" },
    "approver.user_name": { value: "release", display_value: "Hana Novák" },
    notes: "seen by release",
    jane: 1,
    count: 7,
  };
  expect(pseudonymised(said, replacer)).toEqual({
    author: "person-bbbb",
    status: "release",
    reviewers: ["person-aaaa", "person-bbbb"],
    requested_by: "person-aaaa; person-bbbb",
    approved_by: "person-aaaa",
    owner: { login: "person-bbbb", type: "User", id: 7 },
    agent: { type: "user_reference", id: "person-bbbb", summary: "person-bbbb" },
    other: { type: "service_reference", id: "7", summary: "release" },
    "approver.user_name": { value: "person-bbbb", display_value: "person-bbbb" },
    notes: "seen by person-bbbb",
    "person-aaaa": 1,
    count: 7,
  });
});
