#!/usr/bin/env node
// Runs on any Node, so that an old one gets an answer instead of a syntax error.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const LEAST = [22, 18];
const [major, minor] = process.versions.node.split(".").map(Number);

if (major < LEAST[0] || (major === LEAST[0] && minor < LEAST[1])) {
  console.error(
    `quarterdeck: needs Node.js ${LEAST.join(".")} or later, and this is ${process.versions.node}. ` +
      "Install a newer one from https://nodejs.org, or run `npx -p node@24 -p quarterdeck quarterdeck`.",
  );
  process.exitCode = 2;
} else {
  // Node runs TypeScript as it is, but not below node_modules: there the emitted JavaScript is used.
  const source = new URL("../src/cli/main.ts", import.meta.url);
  const isRepository = !source.pathname.includes("/node_modules/") && existsSync(fileURLToPath(source));
  const { runAsProcess } = await import(isRepository ? source.href : "../dist/src/cli/main.js");
  await runAsProcess();
}
