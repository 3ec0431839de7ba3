import type { Stack } from './start-stack.js';

/** How to get at the ClickHouse of a stack: as its owner, and for dashboards as the user that only reads. */
export type ClickHouseAccess = {
  url: string;
  database: string;
  /** The owner; its password is in `credentialsFile`, an absolute path. */
  username: string;
  credentialsFile: string;
  reader: { username: string; password: string };
  /** The SQL page of ClickHouse, logged in as the reader. */
  sqlPage: string;
};

/** Returns it. The owner's password is left out, because this is for the screen and for logs. */
export const clickHouseAccess = ({ clickhouse, database }: Stack): ClickHouseAccess => {
  const { url, username, credentialsFile } = clickhouse;
  const reader = { username: clickhouse.readonlyUsername, password: clickhouse.readonlyPassword };
  const login = new URLSearchParams({ user: reader.username, password: reader.password });
  return { url, database, username, credentialsFile, reader, sqlPage: `${url}/play?${login}` };
};
