import type { LanguageModelV4CallOptions } from '@ai-sdk/provider';
import { needsOfCall } from '../routing/needs-of-call.js';
import { promptText } from '../routing/prompt-text.js';
import type { RoutingOptions } from '../routing/routing-options.js';
import { toRoutingRequest } from '../routing/to-routing-request.js';
import { type OpenRequest, openRequest } from './open-request.js';
import type { Runtime } from './runtime.js';

/** Opens the request that a call to a language model makes: what the router looks at is read off the call. */
export const routeCall = (
  runtime: Runtime,
  options: RoutingOptions,
  { call, stream }: { call: LanguageModelV4CallOptions; stream: boolean },
): OpenRequest =>
  openRequest(
    runtime,
    toRoutingRequest(runtime, options, {
      prompt: promptText(call.prompt),
      needs: needsOfCall(call, stream),
      maxOutputTokens: call.maxOutputTokens ?? null,
    }),
  );
