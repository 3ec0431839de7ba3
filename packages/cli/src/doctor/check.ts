/** One finding of the doctor: `warn` is worth knowing, `fail` needs a remedy. */
export type Finding = { name: string; status: 'ok' | 'warn' | 'fail'; message: string };
