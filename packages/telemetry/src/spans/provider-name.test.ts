import { expect, it } from 'vitest';
import { toProviderName } from './provider-name.js';

it.each([
  ['google', 'gcp.gemini'],
  ['vertex', 'gcp.vertex_ai'],
  ['bedrock', 'aws.bedrock'],
  ['azure', 'azure.ai.openai'],
  ['mistral', 'mistral_ai'],
  ['xai', 'x_ai'],
  ['openai', 'openai'],
  ['anthropic', 'anthropic'],
  ['our-own-gateway', 'our-own-gateway'],
  ['constructor', 'constructor'],
])('names the provider %s as %s', (provider, name) => {
  expect(toProviderName(provider)).toBe(name);
});
