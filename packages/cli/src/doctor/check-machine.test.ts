import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { checkDirectory, checkNode, checkPlatform } from './check-machine.js';

it('finds this machine fit', () => {
  expect(checkNode()).toMatchObject({ status: 'ok', message: process.versions.node });
  expect(checkPlatform()).toMatchObject({ status: 'ok' });
});

it('looks at a directory that does not exist yet without making it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-doctor-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const directory = join(folder, 'not', 'yet');
  await expect(checkDirectory(directory)).resolves.toMatchObject({ status: 'ok' });
  expect(existsSync(join(folder, 'not'))).toBe(false);
});

it('fails where a file stands in the way', async () => {
  const finding = await checkDirectory(join(process.execPath, 'data'));
  expect(finding).toMatchObject({ status: 'fail', message: expect.stringContaining('is a file') });
});
