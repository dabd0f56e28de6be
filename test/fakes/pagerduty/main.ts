import { serveOne } from "../vendor.ts";
import { pagerduty } from "./vendor.ts";

await serveOne(pagerduty);
