import { expect, it } from 'vitest';
import { toXml } from './to-xml.js';

it('renders sections, repeated sections, empty sections and escaped text', () => {
  const tree = { port: 1, on: true, users: { ann: { query: ['x & y', '<z>'] } }, quotas: {} };
  expect(toXml(tree)).toBe(`<clickhouse>
  <port>1</port>
  <on>true</on>
  <users>
    <ann>
      <query>x &amp; y</query>
      <query>&lt;z&gt;</query>
    </ann>
  </users>
  <quotas>
  </quotas>
</clickhouse>
`);
});
