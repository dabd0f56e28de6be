import { serveOne } from "../vendor.ts";
import { jiraAs } from "./vendor.ts";

const isDataCenter = process.argv.includes("--data-center");

await serveOne(jiraAs(isDataCenter ? "data_center" : "cloud"), {
  "data-center": "as Jira Data Center instead of Cloud",
});
