import { join } from "node:path";
import fc from "fast-check";

// The same cases in every run: a failure is there for everybody who looks. FAST_CHECK_SEED looks elsewhere.
fc.configureGlobal({ seed: Number(process.env["FAST_CHECK_SEED"] ?? 20260630) });

// For what tests start, not for themselves: half of the time of a short process is compiling the same files anew, while what runs for long is slower for it.
process.env["NODE_COMPILE_CACHE"] ??= join(import.meta.dirname, "../node_modules/.cache/compiled");
