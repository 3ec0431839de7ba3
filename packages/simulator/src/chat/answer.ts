import type { ServerResponse } from 'node:http';
import type { AnswerPlan } from '../model/plan-answer.js';
import type { ClientConnection } from './client-connection.js';
import type { Completion } from './completion.js';

/** An answer about to be given: what to say, how fast, and to whom. */
export type Answer = {
  response: ServerResponse;
  connection: ClientConnection;
  completion: Completion;
  plan: AnswerPlan;
  pace: Pace;
  includeUsage: boolean;
  /** Destroy the connection after so many visible tokens; null finishes. */
  cutAfterTokens: number | null;
  /** Called when the answer is complete, just before its last byte is handed over. */
  onComplete: () => void;
};

/** How fast an answer comes, in real time: incidents and the time scale are in it. */
export type Pace = { firstTokenMs: number; tokensPerMs: number };

/** How an answer ended. */
export type AnswerEnd = 'completed' | 'cut' | 'abandoned';
