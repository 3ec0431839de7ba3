import type { Subject } from '@signalbox/store';
import { type Command, InvalidArgumentError, Option } from 'commander';

/** Whose data `export` and `erase` are about: exactly one of the two. */
export type SubjectOptions = { user?: string; tenant?: string };

const parseId = (text: string): string => {
  if (text === '') throw new InvalidArgumentError('It must not be empty.');
  return text;
};

/** Adds `--user` and `--tenant` to a command, of which one must be given, unless the option `instead` is. */
export const addSubjectOptions = (command: Command, { instead }: { instead?: string } = {}): Command =>
  command
    .addOption(
      new Option('--user <id>', 'user id, as in the attribute user.id')
        .argParser(parseId)
        .conflicts('tenant'),
    )
    .addOption(
      new Option('--tenant <name>', 'tenant, as in the attribute signalbox.tenant').argParser(parseId),
    )
    .hook('preAction', (self) => {
      const given = self.opts<SubjectOptions & Record<string, unknown>>();
      if (subjectOf(given) === null && !(instead && given[instead]))
        self.error('error: say whose data: --user <id> or --tenant <name>');
    });

/** The subject that was asked for, or `null` when none was. */
export const subjectOf = ({ user, tenant }: SubjectOptions): Subject | null => {
  if (user !== undefined) return { kind: 'user', id: user };
  return tenant === undefined ? null : { kind: 'tenant', id: tenant };
};
