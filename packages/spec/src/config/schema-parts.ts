import { z } from 'zod';

/** A number from 0 to 1. */
export const share = z.number().min(0).max(1);

/** Ids of targets; none by default. Whether they exist is checked where the targets are known. */
export const targetIds = z.array(z.string().min(1)).default([]);

/** Short names that are compared for equality, such as places; none by default. */
export const tags = z.array(z.string().min(1)).default([]);
