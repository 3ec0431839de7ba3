import type { EmbeddedClickHouse } from '../index.js';

/** Sends a statement over HTTP and returns the status and the body. Default user: the owner of the data. */
export async function query(
  server: EmbeddedClickHouse,
  sql: string,
  {
    user = server.username,
    password = server.password,
    settings = {},
  }: { user?: string; password?: string; settings?: Record<string, string> } = {},
): Promise<{ status: number; text: string }> {
  const token = Buffer.from(`${user}:${password}`).toString('base64');
  const response = await fetch(`${server.url}/?${new URLSearchParams(settings)}`, {
    method: 'POST',
    body: sql,
    headers: { Authorization: `Basic ${token}` },
    signal: AbortSignal.timeout(20_000),
  });
  return { status: response.status, text: (await response.text()).trim() };
}

/** The same as the user that only reads. */
export function queryAsReader(server: EmbeddedClickHouse, sql: string, settings: Record<string, string> = {}) {
  return query(server, sql, { user: server.readonlyUsername, password: server.readonlyPassword, settings });
}
