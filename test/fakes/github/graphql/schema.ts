import { schema as published } from "@octokit/graphql-schema";
import { buildClientSchema, type GraphQLSchema, type IntrospectionQuery } from "graphql";

let schema: GraphQLSchema | undefined;

/** GitHub's whole public schema, as Octokit publishes it. */
export function githubSchema(): GraphQLSchema {
  schema ??= buildClientSchema(published.json as unknown as IntrospectionQuery, { assumeValid: true });
  return schema;
}
