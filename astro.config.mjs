// For `astro check` and editors only; the build hands its own options over (src/site/build.ts).
export default { srcDir: "./src/site", build: { format: "file" } };
