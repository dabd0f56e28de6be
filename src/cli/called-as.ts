import type { Effects } from "../effects.ts";

/** How this command was called, so that a next step that is printed can be copied. */
export function calledAs({ env }: Effects): string {
  const script = env["npm_lifecycle_event"];
  if (script === undefined) return "quarterdeck";
  return script === "npx" ? "npx quarterdeck" : "npm run quarterdeck --";
}
