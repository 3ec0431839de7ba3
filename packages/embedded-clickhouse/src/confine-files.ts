import { closeSync, existsSync, openSync, statSync } from 'node:fs';
import { DataType, load, open } from 'ffi-rs';

// Landlock, https://docs.kernel.org/userspace-api/landlock.html. The numbers are the same on x64 and arm64.
const CREATE_RULESET = 444;
const ADD_RULE = 445;
const RESTRICT_SELF = 446;
const ASK_VERSION = 1;
const PATH_BENEATH = 1;
const PR_SET_NO_NEW_PRIVS = 38;
const O_PATH = 0o10_000_000;

const EXECUTE = 1 << 0;
const WRITE_FILE = 1 << 1;
const READ_FILE = 1 << 2;
const READ_DIRECTORY = 1 << 3;
const TRUNCATE = 1 << 14;
/** Every right that a version of Landlock knows, by version. */
const RIGHTS_OF_VERSION = [0, 0x1fff, 0x3fff, 0x7fff, 0x7fff, 0xffff];

/** What the engine reads of the machine: measurements, names of hosts, shared libraries. No user's data is there. */
const SYSTEM_PATHS = [
  ...[
    '/proc/self',
    '/proc/sys',
    '/proc/pressure',
    '/sys',
    '/usr',
    '/lib',
    '/lib64',
    '/dev/random',
    '/dev/urandom',
  ],
  ...['/proc/cpuinfo', '/proc/loadavg', '/proc/meminfo', '/proc/stat', '/proc/uptime', '/proc/vmstat'],
  ...['/etc/host.conf', '/etc/hosts', '/etc/localtime', '/etc/nsswitch.conf', '/etc/resolv.conf'],
];

/**
 * Confines this thread, and every thread it starts from now on, to the `readable` and `writable` paths and a few of
 * the system's; nothing can be executed. For good. Returns false, and confines nothing, where the system has no
 * Landlock (macOS, Linux before 5.13, some containers). Throws when only a part of it worked.
 *
 * Needed because the engine takes itself for clickhouse-local, and there the function `file()` lets every user read
 * every file, and whoever creates a dictionary can have it run a command.
 */
export function confineFiles({
  readable,
  writable,
}: {
  readable: readonly string[];
  writable: readonly string[];
}): boolean {
  if (process.platform !== 'linux') return false;
  open({ library: 'libc', path: 'libc.so.6' });
  const version = call('syscall', CREATE_RULESET, 0, 0, ASK_VERSION);
  if (version < 1) return false;
  const rights = RIGHTS_OF_VERSION[Math.min(version, RIGHTS_OF_VERSION.length - 1)] ?? 0;

  const ruleset = requireSuccess('create', call('syscall', CREATE_RULESET, uint64(rights), 8, 0));
  for (const path of [...SYSTEM_PATHS, ...readable]) allow(ruleset, path, READ_FILE | READ_DIRECTORY);
  allow(ruleset, '/dev/null', READ_FILE | WRITE_FILE);
  for (const path of writable) allow(ruleset, path, rights & ~EXECUTE);
  requireSuccess('prctl', call('prctl', PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
  requireSuccess('restrict', call('syscall', RESTRICT_SELF, ruleset, 0));
  closeSync(ruleset);
  return true;
}

function allow(ruleset: number, path: string, rights: number): void {
  if (!existsSync(path)) return;
  // A rule on a single file may not hold the rights that only a directory can give.
  const given = statSync(path).isDirectory() ? rights : rights & (WRITE_FILE | READ_FILE | TRUNCATE);
  const descriptor = openSync(path, O_PATH);
  const rule = Buffer.alloc(12); // struct landlock_path_beneath_attr: packed, the rights and then the descriptor
  uint64(given).copy(rule);
  rule.writeInt32LE(descriptor, 8);
  requireSuccess(path, call('syscall', ADD_RULE, ruleset, PATH_BENEATH, rule, 0));
  closeSync(descriptor);
}

/** Calls a function of libc; a buffer is passed as a pointer. */
function call(funcName: string, ...paramsValue: (number | Buffer)[]): number {
  return load({
    library: 'libc',
    funcName,
    retType: DataType.I64,
    paramsType: paramsValue.map((value) => (typeof value === 'number' ? DataType.I64 : DataType.U8Array)),
    paramsValue,
  });
}

function requireSuccess(step: string, result: number): number {
  if (result >= 0) return result;
  throw new Error(`Landlock refuses (${step}), though the kernel has it`);
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
