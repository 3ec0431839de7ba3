// The child process: it loads libchdb.so and becomes a ClickHouse server. Started by `spawn-server.ts` with
// `<library> <argument>...`, where the arguments are those of clickhouse-local.
//
// The main thread calls into the library and never returns to JavaScript (the engine insists on the main thread's own
// stack, so no other thread will do). A worker thread watches stdin: the parent holds the other end of that pipe and
// never writes, so the end of the stream means that the parent has ended, however it ended.
//
// This file imports nothing of the package: Node runs it from `src` in tests, and there `.js` paths do not resolve.

import { Socket } from 'node:net';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { DataType, load, open } from 'ffi-rs';

if (isMainThread) {
  const watcher = new Worker(new URL(import.meta.url));
  watcher.once('message', () => process.exit(runServer(process.argv.slice(2))));
} else {
  endWithParent();
  parentPort?.postMessage('watching');
}

/** Blocks for as long as the server runs, which is until the process is killed or the start fails. */
function runServer([library = '', ...serverArguments]: string[]): number {
  open({ library: 'chdb', path: library });
  const argv = ['clickhouse', ...serverArguments];
  load({
    library: 'chdb',
    funcName: 'chdb_query_cmdline',
    retType: DataType.External,
    paramsType: [DataType.I32, DataType.StringArray],
    paramsValue: [argv.length, argv],
  });
  return 1;
}

/** SIGKILL, because the main thread cannot run a handler; the data survives it. */
function endWithParent(): void {
  const lifeLine = new Socket({ fd: 0, readable: true, writable: false });
  lifeLine.once('close', () => process.kill(process.pid, 'SIGKILL'));
  lifeLine.resume();
}
