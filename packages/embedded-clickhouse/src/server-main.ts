// The child process: it loads libchdb.so and becomes a ClickHouse server. Started by `spawn-server.ts`.
//
// The main thread calls into the library and never returns to JavaScript (the engine insists on the main thread's own
// stack, so no other thread will do). A worker thread watches stdin: the parent holds the other end of that pipe and
// never writes, so the end of the stream means that the parent has ended, however it ended.

import { Socket } from 'node:net';
import { dirname } from 'node:path';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { DataType, load, open } from 'ffi-rs';
import { confineFiles } from './confine-files.js';
import { NOT_CONFINED, type ServerMainArguments } from './server-main-arguments.js';

if (isMainThread) {
  const [json = ''] = process.argv.slice(2);
  const watcher = new Worker(new URL(import.meta.url));
  watcher.once('message', () => process.exit(runServer(JSON.parse(json) as ServerMainArguments)));
} else {
  endWithParent();
  parentPort?.postMessage('watching');
}

/** Blocks for as long as the server runs: until the process is killed, or the start fails. Returns the exit code. */
function runServer({ library, readable, writable, engineArguments }: ServerMainArguments): number {
  open({ library: 'chdb', path: library });
  // A crash ends the process at once and the parent starts another. With the engine's own handlers it would refuse
  // every query for seconds first.
  load({
    library: 'chdb',
    funcName: 'chdb_set_signal_handlers_enabled',
    retType: DataType.Void,
    paramsType: [DataType.I32],
    paramsValue: [0],
  });
  const confined = confineFiles({ readable: [dirname(library), ...readable], writable });
  if (!confined) process.stderr.write(`${NOT_CONFINED}\n`);
  const argv = ['clickhouse', ...engineArguments];
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
