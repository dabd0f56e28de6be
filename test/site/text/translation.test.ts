import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { run } from "../../../src/cli/catalogue.ts";
import { CATALOGUE, ENGLISH } from "../../../src/site/text/catalogue.ts";
import { t } from "../../../src/site/text/message.ts";
import { readTranslation, translated } from "../../../src/site/text/translation.ts";
import { recordedEffects } from "../../cli/effects.ts";

let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "quarterdeck-test-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(() => {
  CATALOGUE.current = undefined;
});

async function reading(text: string) {
  const file = join(folder, "de.json");
  await writeFile(file, text);
  return readTranslation(file, "words/de.json");
}

describe("a translation", () => {
  test("says everything that is wrong with it at once, each with its line", async () => {
    const messages = {
      "layout.skip": "Zum Inhalt",
      "layout.skp": "Zum Inhalt",
      "service.owner": "Gehört <link>{teem}</link> <b>ganz</b>.",
      "attempts.never-live": "{attempts, plural, one {# Versuch} other {# Versuche}",
      "wave-table.copies": "{copies, plural, one {# Kopie} other {# Kopien}}",
      "action.open": "",
      "action.done": 3,
    };
    const problems = await reading(JSON.stringify(messages, null, 2)).catch((error: unknown) => String(error));
    expect(problems).toBe(
      [
        "ConfigError: words/de.json:3: layout.skp: no message has this key; did you mean `layout.skip`?",
        "words/de.json:4: service.owner: {teem} is not in the English message, which has <link>, {team}",
        "words/de.json:4: service.owner: <b> is not in the English message, which has <link>, {team}",
        "words/de.json:5: attempts.never-live: no message of ICU MessageFormat: expect argument closing brace",
        "words/de.json:6: wave-table.copies: {copies} is text in the English message: it has no plural and no number format",
        "words/de.json:7: action.open: expected text",
        "words/de.json:8: action.done: expected text",
      ].join("\n"),
    );
  });

  test("may be YAML, and English stands in for what it lacks", async () => {
    const translation = await reading("layout.skip: Zum Inhalt\n");
    expect(translation.missing).toHaveLength(Object.keys(ENGLISH.messages).length - 1);
    CATALOGUE.current = translated(translation, "de");
    expect([t("layout.skip"), t("action.done")]).toEqual(["Zum Inhalt", "done"]);
  });

  test("chooses plurals by its language and writes numbers by the locale", async () => {
    const polish = "{attempts, plural, one {# próba} few {# próby} many {# prób} other {# próby}}";
    const translation = await reading(JSON.stringify({ "attempts.never-live": polish }));
    CATALOGUE.current = { ...translated(translation, "pl"), formats: "de-DE" };
    expect([1, 3, 12_345].map((attempts) => t("attempts.never-live", { attempts }))).toEqual([
      "1 próba",
      "3 próby",
      "12.345 prób",
    ]);
  });
});

test("every English message passes the checks of a translation", async () => {
  const { missing } = await reading(JSON.stringify(ENGLISH.messages));
  expect(missing).toEqual([]);
});

test("the command begins a translation, never writes over one, and lists what it lacks", async () => {
  const effects = recordedEffects(folder);
  expect(await run(["words/fr.json"], effects)).toBe(0);
  const begun = await readFile(join(folder, "words/fr.json"), "utf8");
  expect(JSON.parse(begun)).toEqual(ENGLISH.messages);
  expect(await run(["words/fr.json"], effects)).toBe(0);
  await writeFile(join(folder, "words/fr.json"), begun.replace(/ *"layout\.skip".*\n/, ""));
  effects.printed.out = "";
  expect(await run(["words/fr.json"], effects)).toBe(1);
  expect(JSON.parse(effects.printed.out)).toEqual({ "layout.skip": "Skip to content" });
});
