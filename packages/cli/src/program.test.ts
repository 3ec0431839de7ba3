import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram } from './program.js';

const all = (command: Command): Command[] => [command, ...command.commands.flatMap(all)];
const commands = all(createProgram()).map((command): [string, Command] => [command.name(), command]);

describe('the program', () => {
  it('has the commands of the reference', () => {
    const names = createProgram().commands.map((command) => command.name());
    expect(names).toEqual([
      'up',
      'demo',
      'collect',
      'simulate',
      'traffic',
      'migrate',
      'retention',
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

  it.each(commands)('describes %s and each of its options', (_name, command) => {
    expect(command.description()).not.toBe('');
    for (const option of command.options) expect(option.description, option.flags).not.toBe('');
  });
});
