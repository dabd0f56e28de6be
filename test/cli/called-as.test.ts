import { expect, test } from "vitest";
import { calledAs } from "../../src/cli/called-as.ts";
import { recordedEffects } from "./effects.ts";

test.each([
  [undefined, "quarterdeck"],
  ["npx", "npx quarterdeck"],
  ["demo", "npm run quarterdeck --"],
])("under npm's %s the next step begins with %s", (script, expected) => {
  expect(calledAs({ ...recordedEffects("/"), env: { npm_lifecycle_event: script } })).toBe(expected);
});
