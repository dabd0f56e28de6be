import { serveOne } from "../vendor.ts";
import { servicenow } from "./vendor.ts";

await serveOne(servicenow);
