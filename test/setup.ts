import fc from "fast-check";

// The same cases in every run: a failure is there for everybody who looks. FAST_CHECK_SEED looks elsewhere.
fc.configureGlobal({ seed: Number(process.env["FAST_CHECK_SEED"] ?? 20260630) });
