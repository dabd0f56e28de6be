import { expect, test } from "vitest";
import { progressFor } from "../../src/collect/progress.ts";
import { recordedEffects } from "../cli/effects.ts";

test("a line of progress stays one line, whatever a file is called", () => {
  const effects = recordedEffects("/");
  const progress = progressFor(effects);
  progress.report("data", "deployment", "d/a\nother: all is well\u001b[31m.csv: 1 record, 0 rejected");
  progress.advance("data", "deployment", 1);
  expect(effects.printed.err).toBe(
    "data deployment: d/a\uFFFDother: all is well\uFFFD[31m.csv: 1 record, 0 rejected\ndata deployment: 1 record so far\n",
  );
});
