/** The weights that every strategy has: a call that fails is neither cheap nor fast, and a route may prefer under any. */
export const ALWAYS = { reliability: 0.25, preference: 0.25 } as const;
