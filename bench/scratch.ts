import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";

/** Installs what is only measured with, or against, into a folder of its own below the system's temporary one, once. The project never depends on it. */
export async function installed(packages: Readonly<Record<string, string>>): Promise<string> {
  const name = Object.entries(packages)
    .map(([key, version]) => `${key}-${version}`)
    .join("_");
  const folder = join(tmpdir(), "quarterdeck-bench", name.replaceAll(/[^\w.-]/g, "-"));
  // npm writes this last.
  if (existsSync(join(folder, "node_modules", ".package-lock.json"))) return folder;
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, "package.json"),
    JSON.stringify({ private: true, type: "module", dependencies: packages }),
  );
  await execa("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"], {
    cwd: folder,
  });
  return folder;
}
