/** Whose data: everything of a user id, or of a tenant. */
export type Subject = { kind: 'user' | 'tenant'; id: string };
