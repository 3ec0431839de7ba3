import { spawnSync } from 'node:child_process';

/** A seed that no other simulator of this machine has, so that its processes can be told from theirs. */
export const uniqueSeed = (): number => Math.floor(Math.random() * 2 ** 48);

/** The pids of the `signalbox simulate` processes with that seed. */
export const runningSimulators = (seed: number): number[] =>
  spawnSync('pgrep', ['-f', '--', `simulate .*--seed ${seed} `], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter(Boolean)
    .map(Number);
