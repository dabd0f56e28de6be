import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { chromium } from "playwright-core";
import type { Browser } from "playwright-core";

const INSTALLED = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

const FLAGS = [
  "--no-sandbox",
  "--disable-quic",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A headless Chromium: the installed one, else the one that comes as an npm package. */
export async function launchBrowser(installed: readonly string[] = INSTALLED, flags: readonly string[] = []): Promise<Browser> {
  const path = installed.find((file) => existsSync(file));
  if (path) return chromium.launch({ executablePath: path, args: [...FLAGS, ...flags] });
  return launchPackaged(flags);
}

/** The packaged Chromium brings the libraries and fonts that a bare machine lacks. */
async function launchPackaged(flags: readonly string[]): Promise<Browser> {
  const { default: packaged, inflate } = await import("@sparticuz/chromium");
  const executablePath = await packaged.executablePath();
  const main = createRequire(import.meta.url).resolve("@sparticuz/chromium");
  const libraries = join(await inflate(join(dirname(main), "../bin/al2023.tar.br")), "lib");
  return chromium.launch({
    executablePath,
    args: [...FLAGS, ...flags, "--headless=shell", "--no-zygote"],
    env: {
      ...process.env,
      LD_LIBRARY_PATH: [libraries, process.env["LD_LIBRARY_PATH"]].filter(Boolean).join(":"),
      FONTCONFIG_PATH: join(tmpdir(), "fonts"),
    },
  });
}
