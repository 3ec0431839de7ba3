import type { LanguageModelV4 } from '@ai-sdk/provider';
import { generate } from '../execute/generate.js';
import { routeCall } from '../execute/route-call.js';
import type { Runtime } from '../execute/runtime.js';
import { stream } from '../execute/stream.js';
import type { RoutingOptions } from '../routing/routing-options.js';

/**
 * A language model of the AI SDK (specification v4) that routes every call. Options of the call (tools, response format,
 * headers, provider options, abort signal, ...) go to the chosen target unchanged. See `Signalbox.model`.
 */
export const createModel = (runtime: Runtime, options: RoutingOptions): LanguageModelV4 => ({
  specificationVersion: 'v4',
  provider: 'signalbox',
  modelId: options.model ?? 'auto',
  // Which URLs a target can fetch itself is not known before the choice, so the AI SDK downloads them.
  supportedUrls: {},
  doGenerate: async (call) => {
    const request = routeCall(runtime, options, { call, stream: false });
    return (await generate(runtime, request, call)).result;
  },
  doStream: async (call) => {
    const request = routeCall(runtime, options, { call, stream: true });
    return (await stream(runtime, request, call)).result;
  },
});
