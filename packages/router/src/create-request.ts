import { type Limits, NO_LIMITS, type RoutingRequest } from '@signalbox/spec';

/** What a caller must give (the prompt) and may give. */
export type RequestInput = Partial<Omit<RoutingRequest, 'prompt' | 'limits'>> & {
  prompt: string;
  limits?: Partial<Limits>;
};

/** A complete `RoutingRequest`: what is not given is `null` or empty, the tenant is `default`. */
export const createRequest = ({ limits, ...given }: RequestInput): RoutingRequest => ({
  tenant: 'default',
  userId: null,
  conversationId: null,
  source: null,
  model: null,
  strategy: null,
  preferences: null,
  needs: [],
  residency: [],
  maxOutputTokens: null,
  metadata: {},
  ...given,
  limits: { ...NO_LIMITS, ...limits },
});
