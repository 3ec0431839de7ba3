// The `signalbox` command: the composition root, where every part is put together. Commands are in commands/, one file
// each; what runs together is in stack/, the load and its reconciliation in traffic/.
export { EXIT, EXIT_MEANINGS } from './exit-code.js';
export { createProgram, main } from './program.js';
