// A parent that starts a server in the directory given, says so on stdout, and waits to be killed.
import { startEmbeddedClickHouse } from '../../dist/index.js';

const server = await startEmbeddedClickHouse({ directory: process.argv[2] });
process.stdout.write(`${JSON.stringify({ url: server.url, pid: server.pid })}\n`);
