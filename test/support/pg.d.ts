/** As much of pg as tests use: it carries no types of its own. */
declare module "pg" {
  export class Client {
    constructor(options: { host: string; user: string; database: string });
    connect(): Promise<void>;
    query<Row = Record<string, unknown>>(sql: string, values?: readonly unknown[]): Promise<{ rows: Row[] }>;
    end(): Promise<void>;
  }
}
