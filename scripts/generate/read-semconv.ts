import { readFileSync } from 'node:fs';

const CONSTANT = /\/\*\* (.+?) \*\/\s+export const (?:ATTR|METRIC|EVENT)_\w+ =\s+'([^']+)';/g;

/** The constants of one file of packages/spec/src/semconv: each name with the docstring above it. */
export const readSemconv = (file: string): { name: string; doc: string }[] => {
  const source = readFileSync(`packages/spec/src/semconv/${file}.ts`, 'utf8');
  return [...source.matchAll(CONSTANT)].map(([, doc = '', name = '']) => ({ name, doc }));
};

/** `type; places. meaning`, the form of an attribute's docstring. */
export const ATTRIBUTE_DOC = /^(?<kind>[^;]+?); (?<places>[^.]+)\. (?<meaning>.+)$/;
