import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram } from './program.js';

const all = (command: Command): Command[] => [command, ...command.commands.flatMap(all)];
const program = await createProgram();
const commands = all(program).map((command): [string, Command] => [command.name(), command]);

describe('the program', () => {
  it('has the commands of the reference', () => {
    const names = program.commands.map((command) => command.name());
    expect(names).toEqual([
      'up',
      'demo',
      'collect',
      'simulate',
      'traffic',
      'migrate',
      'retention',
      'dead-letters',
      'export',
      'erase',
      'reader',
      'policy',
      'prices',
      'reprice',
      'replay',
      'route',
      'explain',
      'doctor',
      'config',
      'bench',
    ]);
  });

  it('has the one command that is asked for, and all where there is none of that name', async () => {
    expect((await createProgram('collect')).commands.map((command) => command.name())).toEqual(['collect']);
    for (const name of ['collct', 'toString'])
      expect((await createProgram(name)).commands).toHaveLength(program.commands.length);
  });

  it.each(commands)('describes %s and each of its options', (_name, command) => {
    expect(command.description()).not.toBe('');
    for (const option of command.options) expect(option.description, option.flags).not.toBe('');
  });
});
