const MAX_LINE_CHARACTERS = 1_000;
const STACK_FRAME = /^\d+\. .* @ 0x[0-9a-f]+$/;

/** Returns the last `count` lines of a server's output that tell something: no blank lines, no stack frames. */
export function lastLines(text: string, count: number): string[] {
  return text
    .split('\n')
    .map((line) => line.trimEnd().slice(0, MAX_LINE_CHARACTERS))
    .filter((line) => line !== '' && !STACK_FRAME.test(line))
    .slice(-count);
}
